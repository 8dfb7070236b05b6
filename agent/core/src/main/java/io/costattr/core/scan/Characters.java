package io.costattr.core.scan;

/**
 * Shows a text to a {@link BodyReader} as UTF-8, piece by piece, where somebody has decoded it
 * already. A character of two halves may be cut between two texts; a half alone becomes U+FFFD.
 * Characters are looked at by their index, so that no buffer moves. Not thread-safe.
 */
public final class Characters {
  private static final int PIECE = 4 * 1024;
  private static final int LONGEST = 4;
  private static final char REPLACEMENT = '\ufffd';

  private final byte[] piece = new byte[PIECE];
  private int length;

  /** The first half of a character whose second is still to come; 0 when there is none. */
  private char half;

  /** Shows the characters from one index to another, this one excluded. */
  public void accept(CharSequence text, int from, int to, BodyReader reader) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (length > PIECE - 2 * LONGEST) {
        flush(reader);
      }
      if (c < 0x80 && half == 0) {
        piece[length++] = (byte) c;
      } else {
        other(c);
      }
    }
    flush(reader);
  }

  /** Begins another text. */
  public void reset() {
    half = 0;
  }

  private void flush(BodyReader reader) {
    if (length > 0) {
      int shown = length;
      length = 0;
      reader.accept(piece, 0, shown);
    }
  }

  private void other(char c) {
    char first = half;
    half = 0;
    if (first != 0 && Character.isLowSurrogate(c)) {
      put(Character.toCodePoint(first, c));
      return;
    }
    if (first != 0) {
      put(REPLACEMENT);
    }
    if (Character.isHighSurrogate(c)) {
      half = c;
    } else {
      put(Character.isLowSurrogate(c) ? REPLACEMENT : c);
    }
  }

  private void put(int character) {
    if (character < 0x80) {
      piece[length++] = (byte) character;
    } else if (character < 0x800) {
      piece[length++] = (byte) (0xC0 | (character >> 6));
      piece[length++] = last(character);
    } else if (character < 0x10000) {
      piece[length++] = (byte) (0xE0 | (character >> 12));
      piece[length++] = last(character >> 6);
      piece[length++] = last(character);
    } else {
      piece[length++] = (byte) (0xF0 | (character >> 18));
      piece[length++] = last(character >> 12);
      piece[length++] = last(character >> 6);
      piece[length++] = last(character);
    }
  }

  private static byte last(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }
}
