package io.costattr.core.exchange;

import io.costattr.core.dialect.Route;
import java.time.Instant;

/**
 * Which attempt it is, for whom, and when it began. Immutable.
 *
 * @param number 1 for the first attempt of the call
 * @param nanos {@link System#nanoTime} at that instant
 */
record Start(Call call, Route route, String host, int port, int number, Instant at, long nanos) {

  /** The next attempt of a call, which begins now. */
  static Start now(Call call, Route route, String host, int port) {
    return new Start(call, route, host, port, call.nextAttempt(), Instant.now(), System.nanoTime());
  }
}
