package io.costattr.core.budget;

/**
 * An upper bound of the 99th percentile of what was seen lately, at most a fifth above it: counts
 * in classes whose bounds grow by a quarter of an octave, 352 bytes in all. Of old values half is
 * forgotten now and then. Any thread may ask; one at a time adds.
 */
final class Percentile {
  private static final int PER_OCTAVE = 4;
  private static final int CLASSES = 41 * PER_OCTAVE;
  private static final int MOST = 2_000;

  private final short[] counts = new short[CLASSES];
  private int total;
  private volatile int seen;
  private volatile long bound;

  /** So much was seen; what is negative is taken for 0. */
  synchronized void add(long value) {
    if (total == MOST) {
      halve();
    }
    counts[classOf(value)]++;
    total++;
    bound = bound();
    seen = Math.min(MOST, seen + 1);
  }

  private void halve() {
    total = 0;
    for (int i = 0; i < CLASSES; i++) {
      counts[i] = (short) (counts[i] / 2);
      total += counts[i];
    }
  }

  private long bound() {
    int above = total / 100;
    for (int i = CLASSES - 1; i > 0; i--) {
      above -= counts[i];
      if (above < 0) {
        return endOf(i);
      }
    }
    return endOf(0);
  }

  /** How much was seen, up to some thousand. */
  int seen() {
    return seen;
  }

  /** The bound; 0 while nothing was seen. */
  long get() {
    return bound;
  }

  private static int classOf(long value) {
    if (value < PER_OCTAVE) {
      return (int) Math.max(0, value);
    }
    int octave = 63 - Long.numberOfLeadingZeros(value);
    int part = (int) (value >>> (octave - 2)) & (PER_OCTAVE - 1);
    return Math.min(CLASSES - 1, (octave - 1) * PER_OCTAVE + part);
  }

  /** The largest value of a class. */
  private static long endOf(int of) {
    if (of < PER_OCTAVE) {
      return of;
    }
    int octave = of / PER_OCTAVE + 1;
    long quarter = 1L << (octave - 2);
    return (PER_OCTAVE + of % PER_OCTAVE + 1) * quarter - 1;
  }
}
