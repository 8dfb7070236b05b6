package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Reads the token of a JSON number (RFC 8259, section 6). */
final class JsonNumber {
  private JsonNumber() {}

  /** The index of the first byte in {@code [from, end)} that cannot stand in a number. */
  static int end(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && isPart(bytes[i])) {
      i++;
    }
    return i;
  }

  private static boolean isPart(byte c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  }

  /** Tells the handler of the number; false when the token is none. */
  static boolean report(JsonHandler handler, int field, byte[] bytes, int offset, int length) {
    int end = offset + length;
    int first = bytes[offset] == '-' ? offset + 1 : offset;
    int i = digits(bytes, first, end);
    int afterDigits = i;
    if (i == first || (bytes[first] == '0' && i > first + 1)) {
      return false;
    }
    if (i < end && bytes[i] == '.') {
      int fraction = i + 1;
      i = digits(bytes, fraction, end);
      if (i == fraction) {
        return false;
      }
    }
    if (i < end && (bytes[i] | 0x20) == 'e') {
      int exponent = i + 1;
      if (exponent < end && (bytes[exponent] == '+' || bytes[exponent] == '-')) {
        exponent++;
      }
      i = digits(bytes, exponent, end);
      if (i == exponent) {
        return false;
      }
    }
    if (i != end) {
      return false;
    }
    if (afterDigits == end && integral(handler, field, bytes, first, end, first != offset)) {
      return true;
    }
    handler.decimal(field, new String(bytes, offset, length, ISO_8859_1));
    return true;
  }

  private static int digits(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i;
  }

  /** Adds up negatively, as the least long has no positive twin; false on overflow. */
  private static boolean integral(
      JsonHandler handler, int field, byte[] bytes, int from, int end, boolean negative) {
    long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
    long value = 0;
    for (int i = from; i < end; i++) {
      int digit = bytes[i] - '0';
      if (value < Long.MIN_VALUE / 10 || value * 10 < limit + digit) {
        return false;
      }
      value = value * 10 - digit;
    }
    handler.number(field, negative ? value : -value);
    return true;
  }
}
