package io.costattr.stores;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What this JVM remembers of the slots of accounts that it has spent in: 44 bytes for each, until
 * the slot is over. So a server that was told something twice, or has forgotten everything, is set
 * right. Slots are known by 64 bits of their names, by a secret that no two JVMs share: two of a
 * million are taken for one in one of 30 million JVMs. One thread uses it.
 */
final class Recollection {
  private static final long SECRET = new SecureRandom().nextLong();
  private static final long FACTOR = new SecureRandom().nextLong() | 1;
  private static final int LEAST = 64;
  private static final long MINUTE = 60_000;

  private long[] keys = new long[LEAST];
  private long[] posted = new long[LEAST];
  private long[] heard = new long[LEAST];
  private long[] known = new long[LEAST];
  private int[] epochs = new int[LEAST];

  /** In minutes since 1970; 0 where there is nothing. */
  private int[] until = new int[LEAST];

  private int size;

  private static long hash(String key, long slot) {
    long hash = SECRET ^ slot * FACTOR;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * FACTOR;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  /** Where a slot stands, or would. Holds until the next {@link #spend}. */
  int find(String key, long slot) {
    return find(hash(key, slot));
  }

  private int find(long hash) {
    int at = (int) Math.multiplyHigh(hash >>> 1, 2L * keys.length);
    while (until[at] != 0 && keys[at] != hash) {
      at = at + 1 == keys.length ? 0 : at + 1;
    }
    return at;
  }

  /**
   * So much more was spent in a slot.
   *
   * @param now milliseconds since 1970 (UTC)
   * @param end when it may be forgotten, in the same
   */
  void spend(String key, long slot, long amount, long now, long end) {
    long hash = hash(key, slot);
    int at = find(hash);
    if (until[at] == 0) {
      if (size + 1 > keys.length / 4 * 3) {
        grow(now);
        at = find(hash);
      }
      keys[at] = hash;
      size++;
    }
    long sum = posted[at] + amount;
    posted[at] = sum < 0 ? Long.MAX_VALUE : sum;
    until[at] = (int) Math.max(until[at], Math.min(Integer.MAX_VALUE, end / MINUTE + 1));
  }

  /** All that was ever spent. */
  long posted(int at) {
    return posted[at];
  }

  /** The part of it that came after the server was last heard. */
  long fresh(int at) {
    return posted[at] - heard[at];
  }

  /** What the server has last said of the slot. */
  long known(int at) {
    return known[at];
  }

  /** By what word; 0 when it was never heard. */
  int epoch(int at) {
    return epochs[at];
  }

  /** The server has taken everything, and says so much. */
  void hear(int at, int epoch, long total) {
    if (until[at] != 0) {
      heard[at] = posted[at];
      known[at] = total;
      epochs[at] = epoch;
    }
  }

  private void grow(long now) {
    Recollection next = new Recollection();
    int minute = (int) (now / MINUTE);
    long staying = Arrays.stream(until).filter(end -> end >= minute).count();
    next.room((int) Math.min(Integer.MAX_VALUE - 8, Math.max(LEAST, staying * 2)));
    for (int i = 0; i < keys.length; i++) {
      if (until[i] >= minute && until[i] != 0) {
        int at = next.find(keys[i]);
        next.keys[at] = keys[i];
        next.posted[at] = posted[i];
        next.heard[at] = heard[i];
        next.known[at] = known[i];
        next.epochs[at] = epochs[i];
        next.until[at] = until[i];
        next.size++;
      }
    }
    keys = next.keys;
    posted = next.posted;
    heard = next.heard;
    known = next.known;
    epochs = next.epochs;
    until = next.until;
    size = next.size;
  }

  private void room(int length) {
    keys = new long[length];
    posted = new long[length];
    heard = new long[length];
    known = new long[length];
    epochs = new int[length];
    until = new int[length];
  }
}
