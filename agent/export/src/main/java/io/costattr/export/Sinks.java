package io.costattr.export;

import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.ledger.LedgerStats;
import io.costattr.core.ledger.Sink;
import io.costattr.export.jsonl.JsonLinesSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The sinks that a configuration asks for. */
public final class Sinks {
  private Sinks() {}

  /** Opens them; called on the ledger's thread. */
  public static List<Sink> open(Config config, Supplier<LedgerStats> stats) {
    List<Sink> sinks = new ArrayList<>();
    Path file = config.file(Key.EVENTS_FILE);
    if (file != null) {
      sinks.add(
          JsonLinesSink.to(file, config, ServiceName.of(config, System.getProperties()), false));
    }
    return sinks;
  }
}
