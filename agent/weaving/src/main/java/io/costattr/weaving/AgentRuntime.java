package io.costattr.weaving;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.core.accounting.Coverage;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.attribution.LineTags;
import io.costattr.core.attribution.Served;
import io.costattr.core.baggage.ServiceBaggage;
import io.costattr.core.batch.Batches;
import io.costattr.core.budget.Budgets;
import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.config.Key;
import io.costattr.core.dialect.Routes;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.Rehearsal;
import io.costattr.core.exchange.StreamUsage;
import io.costattr.core.exchange.Unclosed;
import io.costattr.core.ledger.Ledger;
import io.costattr.core.rules.RuleReader;
import io.costattr.core.rules.Ruling;
import io.costattr.export.Sinks;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What runs once the application comes near a model: configuration, ledger, weaver. Everything here
 * is behind the gate, so that a program that neither makes an HTTP call nor serves one never loads
 * it.
 */
final class AgentRuntime {
  private static final Duration EXIT_LIMIT = Duration.ofSeconds(3);
  private static final Duration BUDGETS_LIMIT = Duration.ofSeconds(1);

  /** By then a program's start, when every core is busy, is likely over. */
  private static final long REHEARSAL_DELAY_MS = 2_000;

  private static final AtomicBoolean WARMED = new AtomicBoolean();

  /** The agent's argument, set in premain. */
  static volatile @Nullable String argument;

  /** Whether {@code @Attributed} counts. */
  private static volatile boolean annotations;

  /** Started at the first use, by whichever thread comes first; others wait for it. */
  private static final class Started {
    static final Config CONFIG = read();
    static final boolean ENABLED = start(CONFIG);
  }

  private AgentRuntime() {}

  /**
   * A setting needed before the configuration can be read: from the argument, a system property or
   * the environment, never from the file.
   */
  static String earlySetting(String key, String otherwise) {
    String given = argument;
    if (given != null) {
      for (String part : given.split(",")) {
        String name = part.startsWith(Key.PREFIX) ? part.substring(Key.PREFIX.length()) : part;
        if (name.startsWith(key) && name.startsWith("=", key.length())) {
          return name.substring(key.length() + 1);
        }
      }
    }
    String value = System.getProperty(Key.PREFIX.concat(key));
    return value != null ? value : otherwise;
  }

  /** The configuration; null when it switches the agent off. */
  static @Nullable Config config() {
    return Started.ENABLED ? Started.CONFIG : null;
  }

  /** Lets a named module see the dispatcher, where that is in none. */
  static void readDispatcher(Instrumentation instrumentation, @Nullable Module module) {
    if (Dispatcher.isOnBootPath() && module != null && module.isNamed()) {
      instrumentation.redefineModule(
          module, Set.of(Dispatcher.module()), Map.of(), Map.of(), Set.of(), Map.of());
    }
  }

  /** Whether requests are asked for more than their routes. */
  static boolean areRequestsAsked() {
    return Started.ENABLED && Served.areAsked();
  }

  /** The woven class file, or null to leave the class alone. */
  static byte @Nullable [] weave(
      Instrumentation instrumentation, Target target, @Nullable Module module, byte[] classFile)
      throws IOException, NoSuchMethodException {
    if (!Started.ENABLED) {
      return null;
    }
    try {
      byte[] woven = Weaver.weave(target, classFile, Dispatcher.bootstrap());
      readDispatcher(instrumentation, module);
      Log.debug("observing " + target.className());
      return woven;
    } catch (Weaver.UnexpectedShape unexpected) {
      Log.warnOnce(
          "shape:" + target.className(),
          "this version of "
              + target.library()
              + " is not one costattr knows ("
              + unexpected.getMessage()
              + "): its calls are not observed");
      return null;
    }
  }

  /** The class file of an application's class, its annotated methods woven; or null. */
  static byte @Nullable [] weaveAnnotated(
      Instrumentation instrumentation, String name, @Nullable Module module, byte[] classFile)
      throws NoSuchMethodException {
    if (!Started.ENABLED || !annotations) {
      return null;
    }
    byte[] woven = AnnotatedClass.weave(classFile, Dispatcher.bootstrap());
    if (woven != null) {
      readDispatcher(instrumentation, module);
      Threads.await(instrumentation);
      Log.debug("reading @Attributed of " + name.replace('/', '.'));
    }
    return woven;
  }

  /** Says, once for each, that calls are not observed. */
  static void say(Unseen unseen) {
    if (Started.ENABLED) {
      Log.warnOnce(
          "unseen:" + unseen.library(),
          unseen.library()
              + " is in use, which costattr does not observe: model calls through it are missing ("
              + unseen.instead()
              + " observed)");
    }
  }

  /** Loads the weaver and later rehearses scanning, on a thread of the agent's, once. */
  static void warm(Instrumentation instrumentation) {
    if (WARMED.compareAndSet(false, true)) {
      new AgentThread("costattr-warm", () -> warmAndRehearse(instrumentation)).start();
    }
  }

  private static void warmAndRehearse(Instrumentation instrumentation) {
    if (!Started.ENABLED) {
      return;
    }
    Weaver.warm();
    if (ClassLoader.getSystemResource(Targets.API_CONTEXT + ".class") != null) {
      // It will be used: by then the executors are to be ready.
      Threads.prepare(instrumentation);
    }
    try {
      Thread.sleep(REHEARSAL_DELAY_MS);
    } catch (InterruptedException stop) {
      return;
    }
    Rehearsal.run();
  }

  private static Config read() {
    Config config = ConfigReader.read(argument, System.getProperties(), System.getenv());
    Log.level(config.logLevel());
    return config;
  }

  private static boolean start(Config config) {
    if (!config.flag(Key.ENABLED)) {
      return false;
    }
    Prices prices = new Prices(config);
    AtomicReference<@Nullable Ledger> opened = new AtomicReference<>();
    Budgets budgets = Budgeting.start(config, prices::book, opened::get);
    Ledger ledger =
        Ledger.open(
            stats -> Sinks.open(config, stats),
            config,
            () -> {
              Unclosed.reap();
              budgets.poll();
            });
    opened.set(ledger);
    Defaults defaults = Defaults.of(config);
    annotations = config.flag(Key.ANNOTATIONS);
    ContextSources.readBaggage(config.flag(Key.BAGGAGE));
    Served.take(config.flag(Key.ROUTE_REQUESTS), config.flag(Key.ROUTE_JOBS));
    Ruling.start(config.section(RuleReader.SECTION), defaults.attribution());
    Coverage coverage = new Coverage();
    Settlement settlement = new Settlement(config, defaults, coverage, ledger, prices::book);
    Batches batches = new Batches(LineTags.of(config), config.number(Key.BATCH_LINES_MAX_BYTES));
    Routes routes = new Routes(config.family(Key.PROVIDERS), config.family(Key.AZURE_DEPLOYMENTS));
    ServiceBaggage.start(config, routes, defaults.attribution());
    Exchanges.start(
        routes,
        new Exchanges.Takers(
            exchange -> {
              if (exchange.isModelCall()) {
                settlement.take(exchange);
              } else {
                if (!exchange.asksForAnother()) {
                  exchange.reservation().release();
                }
                batches.note(exchange.batchJob(), exchange.isMaking(), exchange.attribution());
                exchange.release();
              }
            },
            batches,
            settlement::take),
        defaults);
    if ("request".equals(config.text(Key.STREAM_USAGE))) {
      StreamUsage.start(config.text(Key.STREAM_USAGE_HOSTS));
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  Unclosed.reap();
                  Exchanges.abandonOpen();
                  Exchanges.stop();
                  ledger.close(EXIT_LIMIT);
                  budgets.close(BUDGETS_LIMIT);
                  if (Log.isInfo()) {
                    coverage.report().forEach(Log::info);
                  }
                },
                "costattr-exit"));
    Log.info(Version.current() + " is observing model calls");
    return true;
  }
}
