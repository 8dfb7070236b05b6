package io.costattr.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The string that each wanted path had last. The events of a stream repeat id, model and type: an
 * equal string is handed out again instead of a new one.
 */
final class LastStrings {
  private static final byte[] NOTHING = {};

  private final int count;
  private byte @Nullable [][] bytes;
  private String @Nullable [] strings;

  LastStrings(int count) {
    this.count = count;
  }

  String of(int index, byte[] from, int offset, int length) {
    byte[][] lastBytes = bytes;
    String[] lastStrings = strings;
    if (lastBytes == null || lastStrings == null) {
      lastBytes = new byte[count][];
      Arrays.fill(lastBytes, NOTHING);
      lastStrings = new String[count];
      Arrays.fill(lastStrings, "");
      bytes = lastBytes;
      strings = lastStrings;
    }
    byte[] last = lastBytes[index];
    if (!Arrays.equals(last, 0, last.length, from, offset, offset + length)) {
      lastBytes[index] = Arrays.copyOfRange(from, offset, offset + length);
      lastStrings[index] = new String(from, offset, length, UTF_8);
    }
    return lastStrings[index];
  }
}
