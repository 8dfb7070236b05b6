package io.costattr.core.budget;

import java.util.Arrays;

/**
 * What one call site has spent on one prompt in the last minute, in pico-USD (1e-12 USD).
 * Thread-safe.
 */
final class Burn {
  private static final int PARTS = 6;
  private static final long PART_NANOS = 10_000_000_000L;

  /** What the site and the prompt come to. */
  final long id;

  private final Breaker breaker;
  private final String site;
  private final long[] amounts = new long[PARTS];
  private long part;
  private long trippedUntil;
  private boolean tripped;

  /**
   * @param site how the call site is called in messages
   * @param now {@link System#nanoTime}
   */
  Burn(Breaker breaker, long id, String site, long now) {
    this.breaker = breaker;
    this.id = id;
    this.site = site;
    this.part = now / PART_NANOS;
  }

  String site() {
    return site;
  }

  /** An attempt has used so much. */
  void add(Spend spend) {
    Long cost = spend.picoUsd() != null ? spend.picoUsd() : spend.highestPicoUsd();
    if (cost != null && cost > 0) {
      add(cost, System.nanoTime());
    }
  }

  private synchronized void add(long cost, long now) {
    move(now);
    amounts[(int) (part % PARTS)] += cost;
    if (!isTripped(now) && sum() > breaker.limit()) {
      tripped = true;
      trippedUntil = now + breaker.nanos();
      breaker.trips(this, sum());
    }
  }

  private void move(long now) {
    long then = now / PART_NANOS;
    if (then - part >= PARTS) {
      Arrays.fill(amounts, 0);
    } else {
      for (long one = part + 1; one <= then; one++) {
        amounts[(int) (one % PARTS)] = 0;
      }
    }
    part = then;
  }

  private long sum() {
    long sum = 0;
    for (long amount : amounts) {
      sum += amount;
    }
    return sum;
  }

  /** What was spent in the last minute. */
  synchronized long sum(long now) {
    move(now);
    return sum();
  }

  /** Whether it has burnt too much, and not long ago. */
  synchronized boolean isTripped(long now) {
    if (tripped && now - trippedUntil >= 0) {
      tripped = false;
    }
    return tripped;
  }

  /** Until when, of one that is. */
  synchronized long trippedUntil() {
    return trippedUntil;
  }

  /** Whether nothing was spent for a minute, so that it may be forgotten. */
  synchronized boolean isCold(long now) {
    return now / PART_NANOS - part >= PARTS && !isTripped(now);
  }
}
