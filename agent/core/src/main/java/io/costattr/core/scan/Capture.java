package io.costattr.core.scan;

import java.util.Arrays;

/**
 * A few bytes that could not be used where they lay, because they were split or escaped. Bounded:
 * more than {@link JsonScanner#MAX_STRING} bytes are counted as too long and not kept.
 */
final class Capture {
  private static final byte[] NOTHING = {};
  private static final int FIRST_SIZE = 64;

  private byte[] bytes = NOTHING;
  private int length;
  private boolean tooLong;

  void clear() {
    length = 0;
    tooLong = false;
  }

  void append(byte[] from, int offset, int count) {
    if (count > JsonScanner.MAX_STRING - length) {
      tooLong = true;
      return;
    }
    if (length + count > bytes.length) {
      int size = Math.max(FIRST_SIZE, Integer.highestOneBit(length + count) * 2);
      bytes = Arrays.copyOf(bytes, Math.min(size, JsonScanner.MAX_STRING));
    }
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  boolean tooLong() {
    return tooLong;
  }
}
