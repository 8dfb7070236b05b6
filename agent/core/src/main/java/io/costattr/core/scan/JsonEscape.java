package io.costattr.core.scan;

/**
 * Decodes the escapes of a JSON string to UTF-8, one byte of input at a time, so that an escape may
 * be split anywhere (RFC 8259, section 7). A surrogate without its other half becomes U+FFFD.
 */
final class JsonEscape {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int NONE = 0;
  private static final int BACKSLASH = 1;
  private static final int LAST_DIGIT = 5;

  /** What has been decoded; room for two characters, as a lone surrogate goes before another. */
  final byte[] decoded = new byte[8];

  private int state = NONE;
  private int unit;
  private int highSurrogate;

  void clear() {
    state = NONE;
    highSurrogate = 0;
  }

  /** A backslash has been read. */
  void begin() {
    state = BACKSLASH;
  }

  /** Whether the next byte belongs to the escape. */
  boolean open() {
    return state != NONE;
  }

  /** Whether half a surrogate pair waits for the other. */
  boolean pending() {
    return highSurrogate != 0;
  }

  /** No other half came: the number of bytes now in {@link #decoded}. */
  int settle() {
    highSurrogate = 0;
    return utf8(REPLACEMENT, 0);
  }

  /**
   * The next byte of an escape.
   *
   * @return the number of bytes now in {@link #decoded}, or -1 when this is no escape
   */
  int accept(byte c) {
    if (state != BACKSLASH) {
      return digit(c);
    }
    int simple =
        switch (c) {
          case '"', '\\', '/' -> c;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> -1;
        };
    if (simple >= 0) {
      state = NONE;
      int length = pending() ? settle() : 0;
      return utf8(simple, length);
    }
    if (c != 'u') {
      return -1;
    }
    state++;
    unit = 0;
    return 0;
  }

  private int digit(byte c) {
    int digit = c < 0 ? -1 : Character.digit((char) c, 16);
    if (digit < 0) {
      return -1;
    }
    unit = unit << 4 | digit;
    if (state != LAST_DIGIT) {
      state++;
      return 0;
    }
    state = NONE;
    char high = (char) highSurrogate;
    char character = (char) unit;
    if (pending() && Character.isLowSurrogate(character)) {
      highSurrogate = 0;
      return utf8(Character.toCodePoint(high, character), 0);
    }
    int length = pending() ? settle() : 0;
    if (Character.isHighSurrogate(character)) {
      highSurrogate = character;
      return length;
    }
    return utf8(Character.isLowSurrogate(character) ? REPLACEMENT : character, length);
  }

  private int utf8(int codePoint, int at) {
    if (codePoint < 0x80) {
      decoded[at++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      decoded[at++] = (byte) (0xC0 | codePoint >> 6);
      decoded[at++] = continuation(codePoint);
    } else if (codePoint < 0x10000) {
      decoded[at++] = (byte) (0xE0 | codePoint >> 12);
      decoded[at++] = continuation(codePoint >> 6);
      decoded[at++] = continuation(codePoint);
    } else {
      decoded[at++] = (byte) (0xF0 | codePoint >> 18);
      decoded[at++] = continuation(codePoint >> 12);
      decoded[at++] = continuation(codePoint >> 6);
      decoded[at++] = continuation(codePoint);
    }
    return at;
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }
}
