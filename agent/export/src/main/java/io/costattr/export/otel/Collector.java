package io.costattr.export.otel;

import io.costattr.core.Log;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known of the collector's health, from every signal that is sent to it: one line when it
 * begins to fail, one when everything works again, and not more than that in a minute. Thread-safe.
 */
final class Collector {
  private static final long QUIET_NANOS = 60_000_000_000L;

  private final String endpoint;
  private final Map<String, String> failing = new HashMap<>();
  private boolean said;
  private boolean silent;
  private long saidAt;

  /**
   * @param endpoint where telemetry is sent, for messages
   */
  Collector(String endpoint) {
    this.endpoint = endpoint;
  }

  /** That signal could not be exported. */
  synchronized void fails(String signal, ExportFailure failure) {
    boolean known = failing.containsValue(failure.reason());
    failing.put(signal, failure.reason());
    // A collector that comes and goes must not fill the console.
    boolean quiet = saidAt != 0 && System.nanoTime() - saidAt < QUIET_NANOS && !said;
    if (known || quiet || silent) {
      return;
    }
    said = true;
    saidAt = System.nanoTime();
    Log.warn(
        "cannot send " + signal + " to the collector at " + endpoint + ": " + failure.reason());
  }

  /** Nothing more is said: the rest is counted by who closes. */
  synchronized void silence() {
    silent = true;
  }

  /** That signal was exported. */
  synchronized void works(String signal) {
    if (failing.remove(signal) != null && failing.isEmpty() && said && !silent) {
      said = false;
      Log.warn("the collector at " + endpoint + " works again");
    }
  }
}
