package io.costattr.core.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes eight at a time within a long ("SIMD within a register").
 *
 * <p>Budget: 0.2 ns a byte, so that 20 MB of base64 cost less than 5 ms. The test for a zero byte,
 * {@code (x - 0x01..) & ~x & 0x80..}, may also mark bytes above the first zero byte, never below
 * it; as words are read little-endian and only the lowest mark is used, the answer is exact.
 */
final class Swar {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long CARRIAGE_RETURNS = ONES * '\r';
  private static final long BRACKET_BITS = ONES * 0x26;
  private static final long BRACKETS = ONES * 0x7F;

  private Swar() {}

  /** The index of the first {@code "} or {@code \} in {@code [from, end)}, or {@code end}. */
  static int quoteOrBackslash(byte[] bytes, int from, int end) {
    int i = from;
    // Most names and values are short: one word decides.
    if (i <= end - 8) {
      long marks = quoteOrBackslash((long) LONG.get(bytes, i)) & HIGHS;
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
      i += 8;
      for (int last = end - 32; i <= last; i += 32) {
        long a = quoteOrBackslash((long) LONG.get(bytes, i));
        long b = quoteOrBackslash((long) LONG.get(bytes, i + 8));
        long c = quoteOrBackslash((long) LONG.get(bytes, i + 16));
        long d = quoteOrBackslash((long) LONG.get(bytes, i + 24));
        if (((a | b | c | d) & HIGHS) != 0) {
          break;
        }
      }
      for (int last = end - 8; i <= last; i += 8) {
        marks = quoteOrBackslash((long) LONG.get(bytes, i)) & HIGHS;
        if (marks != 0) {
          return i + (Long.numberOfTrailingZeros(marks) >>> 3);
        }
      }
    }
    while (i < end && bytes[i] != '"' && bytes[i] != '\\') {
      i++;
    }
    return i;
  }

  private static long quoteOrBackslash(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    return ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash);
  }

  /**
   * The index of the first byte in {@code [from, end)} that may open or close a string, an object
   * or an array, or {@code end}. Also stops at {@code Y}, {@code y}, {@code _} and DEL, none of
   * which stands outside a string in JSON.
   */
  static int structural(byte[] bytes, int from, int end) {
    int i = from;
    if (i <= end - 8) {
      long marks = structural((long) LONG.get(bytes, i)) & HIGHS;
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
      i += 8;
      for (int last = end - 32; i <= last; i += 32) {
        long a = structural((long) LONG.get(bytes, i));
        long b = structural((long) LONG.get(bytes, i + 8));
        long c = structural((long) LONG.get(bytes, i + 16));
        long d = structural((long) LONG.get(bytes, i + 24));
        if (((a | b | c | d) & HIGHS) != 0) {
          break;
        }
      }
      for (int last = end - 8; i <= last; i += 8) {
        marks = structural((long) LONG.get(bytes, i)) & HIGHS;
        if (marks != 0) {
          return i + (Long.numberOfTrailingZeros(marks) >>> 3);
        }
      }
    }
    while (i < end && bytes[i] != '"' && (bytes[i] | 0x26) != 0x7F) {
      i++;
    }
    return i;
  }

  /** The four brackets are what becomes 0x7F when the bits 0x26 are set, with four strangers. */
  private static long structural(long word) {
    long quote = word ^ QUOTES;
    long bracket = (word | BRACKET_BITS) ^ BRACKETS;
    return ((quote - ONES) & ~quote) | ((bracket - ONES) & ~bracket);
  }

  /** The index of the first CR or LF in {@code [from, end)}, or {@code end}. */
  static int lineEnd(byte[] bytes, int from, int end) {
    int i = from;
    for (int last = end - 32; i <= last; i += 32) {
      long a = lineEnd((long) LONG.get(bytes, i));
      long b = lineEnd((long) LONG.get(bytes, i + 8));
      long c = lineEnd((long) LONG.get(bytes, i + 16));
      long d = lineEnd((long) LONG.get(bytes, i + 24));
      if (((a | b | c | d) & HIGHS) != 0) {
        break;
      }
    }
    for (int last = end - 8; i <= last; i += 8) {
      long marks = lineEnd((long) LONG.get(bytes, i)) & HIGHS;
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
      i++;
    }
    return i;
  }

  private static long lineEnd(long word) {
    long lineFeed = word ^ LINE_FEEDS;
    long carriageReturn = word ^ CARRIAGE_RETURNS;
    return ((lineFeed - ONES) & ~lineFeed) | ((carriageReturn - ONES) & ~carriageReturn);
  }
}
