package io.costattr.core.baggage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Values of W3C Baggage (section 3.3.1.3): UTF-8, percent-encoded; a plus is a plus. */
final class PercentCode {
  /** What could not be decoded; no value with it counts. */
  static final String BROKEN = "\uFFFD";

  private static final String DIGITS = "0123456789ABCDEF";

  /** What a character of ASCII may be in: some of the following. */
  private static final byte[] MAY_BE = new byte[0x80];

  private static final int OCTET = 1;
  private static final int TOKEN = 2;
  private static final int UNRESERVED = 4;

  static {
    for (char c = ' ' + 1; c < 0x7F; c++) {
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      MAY_BE[c] =
          (byte)
              (("\",;\\".indexOf(c) < 0 ? OCTET : 0)
                  | (alphanumeric || "!#$%&'*+-.^_`|~".indexOf(c) >= 0 ? TOKEN : 0)
                  | (alphanumeric || "-._~:/@".indexOf(c) >= 0 ? UNRESERVED : 0));
    }
  }

  private PercentCode() {}

  private static boolean mayBe(int what, char c) {
    return c < MAY_BE.length && (MAY_BE[c] & what) != 0;
  }

  static String encoded(String value) {
    StringBuilder encoded = null;
    byte[] bytes = value.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xFF);
      if (mayBe(UNRESERVED, c)) {
        if (encoded != null) {
          encoded.append(c);
        }
        continue;
      }
      if (encoded == null) {
        // Until here it was a character for each byte.
        encoded = new StringBuilder(value.length() + 16).append(value, 0, i);
      }
      encoded.append('%').append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 15));
    }
    return encoded == null ? value : encoded.toString();
  }

  /**
   * The value of a part of a header.
   *
   * @return {@link #BROKEN} when it is no such value
   */
  static String decoded(String header, int from, int to) {
    if (plainUntil(header, from, to) == to) {
      return header.substring(from, to);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      char c = header.charAt(i);
      if (!isOctet(c)) {
        return BROKEN;
      }
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int high = i + 2 < to ? Character.digit(header.charAt(i + 1), 16) : -1;
      int low = i + 2 < to ? Character.digit(header.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return BROKEN;
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException broken) {
      return BROKEN;
    }
  }

  /** Where the characters end that stand for themselves in a value. */
  static int plainUntil(String header, int from, int to) {
    int at = from;
    while (at < to && isOctet(header.charAt(at)) && header.charAt(at) != '%') {
      at++;
    }
    return at;
  }

  /** Whether it is a {@code baggage-octet}. */
  private static boolean isOctet(char c) {
    return mayBe(OCTET, c);
  }

  /** Whether it is a {@code token} of RFC 7230, as keys must be. */
  static boolean isToken(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (!mayBe(TOKEN, text.charAt(i))) {
        return false;
      }
    }
    return text.length() > 0;
  }
}
