package io.costattr.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says on standard error that a long command lives: after two seconds, and every two from then. */
final class Progress {
  private static final long INTERVAL_NANOS = 2_000_000_000L;

  private final PrintWriter err;
  private final LongSupplier nanos;
  private long lastSaid;

  /**
   * @param nanos the time, in nanoseconds of any origin
   */
  Progress(PrintWriter err, LongSupplier nanos) {
    this.err = err;
    this.nanos = nanos;
    lastSaid = nanos.getAsLong();
  }

  /** To be called often. */
  void of(long events) {
    long now = nanos.getAsLong();
    if (now - lastSaid >= INTERVAL_NANOS) {
      lastSaid = now;
      err.println(String.format(Locale.ROOT, "[costattr] %,d events", events));
      err.flush();
    }
  }
}
