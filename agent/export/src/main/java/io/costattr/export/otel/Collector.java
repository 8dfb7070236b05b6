package io.costattr.export.otel;

import io.costattr.core.Log;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the collector's health, from every signal that is sent to it: one line when it
 * begins to fail, one when everything works again, and not more than that in a minute. Thread-safe.
 */
final class Collector {
  private static final long QUIET_NANOS = 60_000_000_000L;

  private final Endpoint endpoint;
  private final Set<String> failing = new HashSet<>();
  private final Set<String> reasons = new HashSet<>();
  private boolean said;
  private boolean silent;
  private long saidAt;

  /** What the last obscure failure came to, until the collector works again. */
  private volatile @Nullable ExportFailure explained;

  /**
   * @param endpoint where telemetry is sent
   */
  Collector(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** That signal could not be exported. */
  void fails(String signal, ExportFailure failure) {
    fails(signal, failure.isObscure() ? explained(failure).reason() : failure.reason());
  }

  /** Whoever fails first asks, and the others wait for the answer. */
  private ExportFailure explained(ExportFailure failure) {
    synchronized (endpoint) {
      ExportFailure known = explained;
      if (known == null) {
        known = endpoint.explain(failure);
        explained = known;
      }
      return known;
    }
  }

  private synchronized void fails(String signal, String reason) {
    failing.add(signal);
    // A collector that comes and goes must not fill the console.
    boolean quiet = saidAt != 0 && System.nanoTime() - saidAt < QUIET_NANOS && !said;
    if (quiet || silent || !reasons.add(reason)) {
      return;
    }
    said = true;
    saidAt = System.nanoTime();
    Log.warn("cannot send " + signal + " to the collector at " + endpoint + ": " + reason);
  }

  /** Nothing more is said: the rest is counted by who closes. */
  synchronized void silence() {
    silent = true;
  }

  /** That signal was exported. */
  synchronized void works(String signal) {
    if (!failing.remove(signal) || !failing.isEmpty()) {
      return;
    }
    explained = null;
    reasons.clear();
    if (said && !silent) {
      said = false;
      Log.warn("the collector at " + endpoint + " works again");
    }
  }
}
