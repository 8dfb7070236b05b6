package io.costattr.export;

import io.costattr.core.config.Config;
import io.costattr.core.ledger.*;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Temporary. */
public final class Sinks {
  private Sinks() {}

  /** t. */
  public static List<Sink> open(Config config, Supplier<LedgerStats> stats) {
    return List.of(
        new Sink() {
          @Override
          public String name() {
            return "stderr";
          }

          @Override
          public void accept(List<CostEvent> events) {
            for (CostEvent e : events) System.err.println(e);
          }

          @Override
          public void flush() {}

          @Override
          public void close(Duration d) {}
        });
  }
}
