package io.costattr.core.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of ledger entries: UUID version 7 (RFC 9562, section 5.7), ascending within a JVM. The 12
 * bits behind the millisecond count on (section 6.2, method 1; past their end the time runs ahead
 * of the clock), the other 62 are a permutation of that count keyed by one random seed per JVM, so
 * that a call needs no source of randomness. Thread-safe, free of locks; about 100 ns.
 */
public final class EventId {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int COUNTER_BITS = 12;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** The last id's milliseconds and counter. */
  private static final AtomicLong LAST = new AtomicLong();

  private EventId() {}

  /** The next id, in its canonical form of 36 lower-case characters. */
  public static String next() {
    long floor = System.currentTimeMillis() << COUNTER_BITS;
    long tick = LAST.updateAndGet(last -> Math.max(floor, last + 1));
    long millis = tick >>> COUNTER_BITS;
    long counter = tick & ((1 << COUNTER_BITS) - 1);
    return text(millis << 16 | 0x7000 | counter, mix(Seed.VALUE + tick * GOLDEN));
  }

  /**
   * The id of something that can be told of more than once: the same for the same name, whoever
   * tells. UUID version 8 (RFC 9562, section 5.8) with the time in front, so that ids sort as those
   * of {@link #next} do, and a digest of the name behind it.
   *
   * @param at when it happened, as the source of the name says
   */
  public static String of(Instant at, String name) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
    ByteBuffer bits = ByteBuffer.wrap(digest);
    return text(at.toEpochMilli() << 16 | 0x8000 | (bits.getShort() & 0xfff), bits.getLong());
  }

  /** Makes the seed now, so that no thread of the application has to. */
  static void prepare() {
    mix(Seed.VALUE);
  }

  private static String text(long high, long random) {
    long low = (random & 0x3fffffffffffffffL) | 0x8000000000000000L;
    byte[] text = new byte[36];
    hex(text, 0, high >>> 32, 8);
    text[8] = '-';
    hex(text, 9, high >>> 16, 4);
    text[13] = '-';
    hex(text, 14, high, 4);
    text[18] = '-';
    hex(text, 19, low >>> 48, 4);
    text[23] = '-';
    hex(text, 24, low, 12);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void hex(byte[] text, int from, long bits, int digits) {
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = HEX[(int) bits & 0xf];
      bits >>>= 4;
    }
  }

  /** The finaliser of SplitMix64: a bijection of 64 bits. */
  private static long mix(long bits) {
    bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
    return bits ^ (bits >>> 31);
  }

  private static final class Seed {
    static final long VALUE = new SecureRandom().nextLong();
  }
}
