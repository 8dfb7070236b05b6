package io.costattr.export.otel;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.export.spool.Spool;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.autoconfigure.internal.AutoConfigureUtil;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.autoconfigure.spi.internal.DefaultConfigProperties;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An OpenTelemetry SDK of the agent's own, with our queues in place of its batch processors. It
 * sees only the properties handed in, no environment and no system properties, is never made
 * global, and installs no shutdown hook.
 */
final class Telemetry {
  private static final String RESOURCE = "otel.resource.attributes";

  private final List<Outbox<?>> outboxes = new ArrayList<>();
  private final EventIds ids = new EventIds();
  private final Collector collector;
  private final OpenTelemetrySdk sdk;
  private @Nullable Outbox<SpooledEvent> events;
  private @Nullable EventSpool spool;
  private @Nullable Outbox<SpanData> spans;
  private Resource resource = Resource.empty();

  private Telemetry(
      OtelSettings settings, Map<String, String> properties, BooleanSupplier patience) {
    ConfigProperties config = DefaultConfigProperties.createFromMap(properties);
    collector = new Collector(Endpoint.of(config));
    AutoConfiguredOpenTelemetrySdkBuilder builder =
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .setServiceClassLoader(Objects.requireNonNull(Telemetry.class.getClassLoader()))
            .addResourceCustomizer((found, same) -> resource = found)
            .addMetricExporterCustomizer(
                (made, same) -> new WatchedMetricExporter(Exporters.metrics(made, same), collector))
            .addTracerProviderCustomizer((tracers, same) -> tracers.setIdGenerator(ids));
    if (settings.traces()) {
      Senders senders = new Senders();
      Outbox<SpanData> outbox =
          new Outbox<>(
              "spans",
              SpanOutbox.of(Exporters.spans(config, senders), senders),
              limits(config, "otel.bsp."),
              collector,
              patience,
              Store.none());
      spans = outbox;
      outboxes.add(outbox);
      builder.addTracerProviderCustomizer(
          (tracers, same) -> tracers.addSpanProcessor(new SpanOutbox(outbox)));
    }
    if (settings.logs()) {
      Outbox.Limits limits = limits(config, "otel.blrp.");
      Senders senders = new Senders();
      Outbox<SpooledEvent> outbox =
          new Outbox<>(
              "events",
              EventOutbox.of(Exporters.logs(config, senders), senders),
              limits,
              collector,
              patience,
              store(settings.spool(), limits.batchSize()));
      events = outbox;
      outboxes.add(outbox);
      builder.addLoggerProviderCustomizer(
          (loggers, same) -> loggers.addLogRecordProcessor(new EventOutbox(outbox)));
    }
    sdk =
        AutoConfigureUtil.setConfigPropertiesCustomizer(builder, environment -> config)
            .build()
            .getOpenTelemetrySdk();
    outboxes.forEach(Outbox::start);
  }

  private Store<SpooledEvent> store(@Nullable SpoolSettings settings, int batchSize) {
    if (settings == null) {
      return Store.none();
    }
    EventSpool made = new EventSpool(() -> open(settings), batchSize);
    spool = made;
    return made;
  }

  /** The resource is known when the first event is there. */
  private Spool open(SpoolSettings settings) throws IOException {
    return settings.open(
        resource.getAttribute(stringKey("service.name")),
        resource.getAttribute(stringKey("service.namespace")),
        resource.getAttribute(stringKey("deployment.environment.name")));
  }

  /**
   * Builds the SDK. A property that OpenTelemetry refuses is named in a line and left at its
   * default.
   *
   * @param patience whether the ledger may be held up a little by a burst
   * @throws ConfigurationException when it cannot be said which property is refused
   */
  static Telemetry open(OtelSettings settings, BooleanSupplier patience) {
    Map<String, String> given = settings.given();
    while (true) {
      try {
        return new Telemetry(settings, settings.properties(given), patience);
      } catch (ConfigurationException | IllegalArgumentException refused) {
        String reason = reason(refused);
        String key = keyIn(reason, given);
        if (key == null) {
          throw refused;
        }
        given.remove(key);
        boolean secret = key.endsWith("headers");
        Log.warn(
            OtelSettings.env(key)
                + " is not usable"
                + (secret ? "" : " (" + reason + ")")
                + ": going on without it");
      }
    }
  }

  private static String reason(Throwable refused) {
    Throwable root = refused;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = String.valueOf(refused.getMessage());
    return root == refused ? reason : reason + ": " + root.getMessage();
  }

  /**
   * The property that a message speaks of: the longest that it names, else one whose value it has,
   * else one whose last word it has; null when there is none.
   */
  private static @Nullable String keyIn(String message, Map<String, String> given) {
    String named = null;
    String hinted = given.containsKey(RESOURCE) ? RESOURCE : null;
    for (Map.Entry<String, String> entry : given.entrySet()) {
      String key = entry.getKey();
      if (message.contains(key) && (named == null || key.length() > named.length())) {
        named = key;
      }
      boolean hasWord = message.contains(key.substring(key.lastIndexOf('.') + 1));
      if (hasWord || (entry.getValue().length() > 3 && message.contains(entry.getValue()))) {
        hinted = key;
      }
    }
    return named != null ? named : hinted;
  }

  private static Outbox.Limits limits(ConfigProperties config, String prefix) {
    int queue = Math.max(1, config.getInt(prefix + "max.queue.size", 8192));
    int batch = Math.max(1, config.getInt(prefix + "max.export.batch.size", 512));
    return new Outbox.Limits(
        queue,
        Math.min(batch, queue),
        config.getDuration(prefix + "schedule.delay", Duration.ofSeconds(1)).toMillis(),
        config.getDuration(prefix + "export.timeout", Duration.ofSeconds(30)).toMillis());
  }

  OpenTelemetrySdk sdk() {
    return sdk;
  }

  EventIds ids() {
    return ids;
  }

  Resource resource() {
    return resource;
  }

  /** Events that the collector did not get. Any thread. */
  long lostEvents() {
    return events == null ? 0 : events.lost();
  }

  /** Spans that the collector did not get. Any thread. */
  long lostSpans() {
    return spans == null ? 0 : spans.lost();
  }

  /** What is kept on disk; null when nothing is. */
  @Nullable EventSpool spool() {
    return spool;
  }

  /** Sends what is there, all signals at once, and ends, within the limit whatever happens. */
  void close(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    // A reader waits for five seconds of its own where its exporter hangs.
    Thread metrics = new AgentThread("costattr-metrics-end", sdk.getSdkMeterProvider()::shutdown);
    metrics.start();
    // A tenth is for telling, and for keeping, what a collector that hangs has not taken.
    long sendBy = deadline - limit.toNanos() / 10;
    outboxes.forEach(outbox -> outbox.finishBy(sendBy, deadline));
    outboxes.forEach(Outbox::awaitEnd);
    try {
      metrics.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    collector.silence();
  }
}
