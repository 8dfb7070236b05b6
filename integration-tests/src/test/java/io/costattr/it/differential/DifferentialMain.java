package io.costattr.it.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The program that is run with and without the agent. */
public final class DifferentialMain {
  private static final long PATIENCE_SECONDS = 60;

  /** For how long a case that was named is begun again. */
  private static final long AGAIN_SECONDS = 3;

  private DifferentialMain() {}

  /**
   * The suite's name and the file for what was seen; then, if only one case is to run, its name,
   * which is run again and again for seconds: in a JVM that just began and in one that is warm.
   */
  public static void main(String[] args) throws Exception {
    ExecutorService application =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "application");
              thread.setDaemon(true);
              return thread;
            });
    try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[1]), UTF_8)) {
      for (Case one : Suite.valueOf(args[0]).cases()) {
        if (args.length == 2) {
          write(one.name(), run(one, application), out);
        } else if (one.name().equals(args[2])) {
          long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(AGAIN_SECONDS);
          for (int i = 0; i == 0 || System.nanoTime() < end; i++) {
            write(one.name() + "#" + i, run(one, application), out);
          }
        }
      }
    }
    // As an application that is told to stop: clients may have left threads that are no daemons.
    System.exit(0);
  }

  private static void write(String name, List<String> lines, BufferedWriter out)
      throws IOException {
    for (String line : lines) {
      out.write(name + "\t" + line + "\n");
    }
    out.flush();
  }

  private static List<String> run(Case one, ExecutorService application) throws Exception {
    World world = new World(one.server());
    Future<?> done = application.submit(() -> program(one, world));
    try {
      done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException stuck) {
      world.seen.say("the program", "did not end");
    }
    world.server().close();
    world.seen.noChance();
    world.seen.requests(world.server().requests());
    world.seen.say("connections", world.server().connections());
    return world.seen.lines();
  }

  private static void program(Case one, World world) {
    Attribution payer =
        Attribution.builder().feature(one.name()).route("it").customerId("c").team("t").build();
    AttributionContext.run(
        payer,
        () -> {
          try {
            one.client().run(world);
          } catch (Throwable thrown) {
            world.seen.failure("the program", thrown);
          }
        });
  }
}
