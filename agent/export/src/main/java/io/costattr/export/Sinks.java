package io.costattr.export;

import io.costattr.core.Log;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.ledger.LedgerStats;
import io.costattr.core.ledger.Sink;
import io.costattr.export.jsonl.JsonLinesSink;
import io.costattr.export.otel.OtelSettings;
import io.costattr.export.otel.OtlpSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The sinks that the configuration asks for. */
public final class Sinks {
  private Sinks() {}

  /**
   * Opens them: the events file first, which is quick, so that at exit the collector gets the time
   * that is left. One that cannot be opened is named in a line and left out. To be called on the
   * ledger's thread; with OTLP it takes some hundred milliseconds.
   *
   * @param stats the ledger watching itself
   * @return the sinks; empty when the configuration wants nothing to be recorded
   */
  public static List<Sink> open(Config config, Supplier<LedgerStats> stats) {
    OtelSettings otel = OtelSettings.of(config, System.getProperties());
    List<Sink> sinks = new ArrayList<>();
    try {
      Path file = config.file(Key.EVENTS_FILE);
      if (file != null) {
        String service = ServiceName.of(config, System.getProperties());
        sinks.add(JsonLinesSink.to(file, config, service, otel.traces()));
      }
    } catch (RuntimeException fault) {
      Log.warn("cannot open the events file (costattr.events.file): " + fault.getMessage());
    }
    try {
      if (otel.isOn()) {
        sinks.add(OtlpSink.open(otel, stats));
      }
    } catch (RuntimeException | LinkageError fault) {
      Log.warn("cannot send to a collector: " + fault.getMessage());
    }
    return sinks;
  }
}
