package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The string that each wanted path had last. The events of a stream repeat id, model and type: an
 * equal string is handed out again instead of a new one.
 */
final class LastStrings {
  private static final int SOME = 16;
  private static final byte[][] NO_BYTES = {};
  private static final String[] NO_STRINGS = {};

  private byte[] @Nullable [] bytes = NO_BYTES;
  private @Nullable String[] strings = NO_STRINGS;

  String of(int index, byte[] from, int offset, int length) {
    if (index >= bytes.length) {
      // A shape has hundreds of paths; what most streams say is among the first of them.
      int more = Math.max(SOME, Math.max(index + 1, 2 * bytes.length));
      bytes = Arrays.copyOf(bytes, more);
      strings = Arrays.copyOf(strings, more);
    }
    byte[] last = bytes[index];
    String string = strings[index];
    if (last == null
        || string == null
        || !Arrays.equals(last, 0, last.length, from, offset, offset + length)) {
      string = new String(from, offset, length, UTF_8);
      bytes[index] = Arrays.copyOfRange(from, offset, offset + length);
      strings[index] = string;
    }
    return string;
  }
}
