package io.costattr.export.otel;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How much of an export a collector rejected that it accepted as a whole. The answers for all
 * signals have the same shape (opentelemetry-proto, {@code Export*ServiceResponse}):
 *
 * <pre>
 *   message Export...Response { ...PartialSuccess partial_success = 1; }
 *   message ...PartialSuccess { int64 rejected_... = 1;  string error_message = 2; }
 * </pre>
 */
final class PartialSuccess {
  private static final int NUMBER = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  private PartialSuccess() {}

  /** The number of items that were rejected; 0 when none were, or nothing can be made of it. */
  static long rejected(byte[] response) {
    try {
      ByteBuffer partial = (ByteBuffer) first(ByteBuffer.wrap(response), BYTES);
      Long rejected = partial == null ? null : (Long) first(partial, NUMBER);
      return rejected == null || rejected < 0 ? 0 : rejected;
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException notOtlp) {
      return 0;
    }
  }

  /** The last value of field 1, if it is of that wire type; null when there is none. */
  private static @Nullable Object first(ByteBuffer message, int type) {
    Object value = null;
    while (message.hasRemaining()) {
      long tag = number(message);
      Object next = value(message, (int) tag & 7);
      if (tag == (1 << 3 | type)) {
        value = next;
      }
    }
    return value;
  }

  private static Object value(ByteBuffer message, int type) {
    return switch (type) {
      case NUMBER -> number(message);
      case FIXED_64 -> message.getLong();
      case FIXED_32 -> message.getInt();
      case BYTES -> {
        int length = Math.toIntExact(number(message));
        ByteBuffer bytes = message.slice(message.position(), length);
        message.position(message.position() + length);
        yield bytes;
      }
      default -> throw new IllegalArgumentException("no wire type: " + type);
    };
  }

  /** A base 128 varint. */
  private static long number(ByteBuffer message) {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = message.get();
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number without an end");
  }
}
