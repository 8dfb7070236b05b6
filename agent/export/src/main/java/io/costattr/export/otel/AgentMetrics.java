package io.costattr.export.otel;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.costattr.core.attribution.Dimension;
import io.costattr.core.attribution.Rejections;
import io.costattr.core.batch.LinesNotKept;
import io.costattr.core.ledger.LedgerStats;
import io.costattr.export.AttributeNames;
import io.costattr.export.MetricNames;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The agent watching itself. Its counters begin at zero. */
final class AgentMetrics {
  private static final AttributeKey<String> STAGE = stringKey(AttributeNames.STAGE);
  private static final Attributes QUEUE = Attributes.of(STAGE, "queue");
  private static final Attributes SPANS = Attributes.of(STAGE, "otlp spans");
  private static final Attributes SPOOL = Attributes.of(STAGE, "spool");

  private AgentMetrics() {}

  /**
   * Creates the instruments.
   *
   * @param telemetry what sends spans and events
   * @param collecting called when a collection begins
   */
  static void create(
      Meter meter, Supplier<LedgerStats> stats, Telemetry telemetry, Runnable collecting) {
    spool(meter, telemetry.spool());
    meter
        .gaugeBuilder(MetricNames.AGENT_QUEUE_SIZE)
        .ofLongs()
        .setUnit("{event}")
        .setDescription("Entries between application and sinks.")
        .buildWithCallback(
            gauge -> {
              collecting.run();
              gauge.record(stats.get().queued());
            });
    meter
        .counterBuilder(MetricNames.AGENT_EVENTS)
        .setUnit("{event}")
        .setDescription("Entries taken from the application.")
        .buildWithCallback(counter -> counter.record(stats.get().accepted()));
    meter
        .counterBuilder(MetricNames.AGENT_ERRORS)
        .setUnit("{event}")
        .setDescription("Entries that could not be settled.")
        .buildWithCallback(counter -> counter.record(stats.get().errors()));
    meter
        .counterBuilder(MetricNames.AGENT_BATCH_LINES_NOT_KEPT)
        .setUnit("{line}")
        .setDescription("Lines of uploaded batch files that are counted for who made the job.")
        .buildWithCallback(counter -> counter.record(LinesNotKept.count()));
    meter
        .counterBuilder(MetricNames.REJECTED_CALLS)
        .setUnit("{call}")
        .setDescription("Calls that the policy refused before anything was sent.")
        .buildWithCallback(
            counter -> {
              for (Dimension dimension : Dimension.values()) {
                counter.record(
                    Rejections.count(dimension),
                    Attributes.of(CoverageMetrics.DIMENSION, dimension.id()));
              }
            });
    meter
        .counterBuilder(MetricNames.AGENT_DROPPED)
        .setUnit("{event}")
        .setDescription("Entries lost, by the stage that lost them.")
        .buildWithCallback(
            counter -> {
              LedgerStats now = stats.get();
              counter.record(now.dropped(), QUEUE);
              counter.record(telemetry.lostSpans(), SPANS);
              counter.record(dropped(telemetry.spool()), SPOOL);
              now.lost().forEach((sink, lost) -> counter.record(lost, Attributes.of(STAGE, sink)));
            });
  }

  private static void spool(Meter meter, @Nullable EventSpool spool) {
    meter
        .gaugeBuilder(MetricNames.AGENT_SPOOL_EVENTS)
        .ofLongs()
        .setUnit("{event}")
        .setDescription("Log events on disk that the collector does not have.")
        .buildWithCallback(gauge -> gauge.record(spool == null ? 0 : spool.events()));
    meter
        .gaugeBuilder(MetricNames.AGENT_SPOOL_SIZE)
        .ofLongs()
        .setUnit("By")
        .setDescription("Size of the files that they are in.")
        .buildWithCallback(gauge -> gauge.record(spool == null ? 0 : spool.bytes()));
  }

  private static long dropped(@Nullable EventSpool spool) {
    return spool == null ? 0 : spool.dropped();
  }
}
