package io.costattr.core.budget.file;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.BitSet;

/**
 * What was spent by account and slot, and marks: a table with open addressing of 20 bytes an entry,
 * whose keys are hashes of what the file calls them. The hash has a secret of this JVM's, so that
 * nobody who may choose a name can choose one that meets another's. What is over goes when room is
 * needed. Not thread-safe.
 */
final class Totals {
  private static final int LEAST = 64;
  private static final long MINUTE = 60_000;
  private static final long SECRET = new SecureRandom().nextLong();
  private static final long FACTOR = new SecureRandom().nextLong() | 1;

  private final InstantSource clock;
  private long[] keys = new long[LEAST];
  private long[] amounts = new long[LEAST];

  /** In minutes since 1970; 0 where there is no entry. */
  private int[] until = new int[LEAST];

  private int size;

  Totals(InstantSource clock) {
    this.clock = clock;
  }

  /** The key of some bytes. */
  static long key(byte[] bytes, int from, int to) {
    long hash = SECRET;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * FACTOR;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  /**
   * Adds to an entry, a new one if need be, and keeps it until then at least.
   *
   * @param end milliseconds since 1970 (UTC)
   */
  void add(long key, long amount, long end) {
    int at = find(key);
    if (until[at] == 0) {
      if (size + 1 > keys.length / 4 * 3) {
        grow();
        at = find(key);
      }
      keys[at] = key;
      size++;
    }
    long sum = amounts[at] + amount;
    amounts[at] = sum < 0 && amount > 0 ? Long.MAX_VALUE : sum;
    until[at] = Math.max(until[at], minutes(end));
  }

  /** What an entry has; 0 when there is none. */
  long get(long key) {
    return amounts[find(key)];
  }

  /** Until when there is an entry, in milliseconds since 1970 (UTC); 0 when there is none. */
  long until(long key) {
    return until[find(key)] * MINUTE;
  }

  /** Whether an entry is not in that set, in which it is from now on. */
  boolean isNew(long key, BitSet seen) {
    int at = find(key);
    boolean first = until[at] != 0 && !seen.get(at);
    seen.set(at);
    return first;
  }

  int size() {
    return size;
  }

  private static int minutes(long millis) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, millis / MINUTE + 1));
  }

  private int find(long key) {
    int at = (int) Math.multiplyHigh(key >>> 1, 2L * keys.length);
    while (until[at] != 0 && keys[at] != key) {
      at = at + 1 == keys.length ? 0 : at + 1;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldAmounts = amounts;
    int[] oldUntil = until;
    int now = minutes(clock.millis() - 24 * 60 * MINUTE);
    int staying = 0;
    for (int end : oldUntil) {
      staying += end > now ? 1 : 0;
    }
    int room = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(LEAST, staying * 2L));
    keys = new long[room];
    amounts = new long[room];
    until = new int[room];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldUntil[i] > now) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        amounts[at] = oldAmounts[i];
        until[at] = oldUntil[i];
        size++;
      }
    }
  }
}
