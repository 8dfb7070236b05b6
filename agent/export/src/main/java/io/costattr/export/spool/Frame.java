package io.costattr.export.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One record of a segment. A mark goes before it, by which the next one is found where bytes are
 * damaged, and a checksum over all that follows:
 *
 * <pre>
 *   mark (2) | checksum (4) | kind (1) | length (4) | payload
 * </pre>
 *
 * @param kind one of the constants
 * @param payload what it says; of a frame that was read, a view of the bytes read
 * @param end where it ends in the bytes that it was read from
 */
record Frame(byte kind, ByteBuffer payload, int end) {

  /** Where the events come from: the resource and the like, once, first in a segment. */
  static final byte ORIGIN = 'O';

  /** An event: its index in the segment, and its bytes. */
  static final byte EVENT = 'E';

  /** Events that are no longer needed: the first index, and the one behind the last. */
  static final byte DONE = 'D';

  static final int OVERHEAD = 11;
  private static final short MARK = (short) 0xC5A7;
  private static final int CHECKED = 6;

  /** Writes a frame; its payload is two ints at most and bytes. */
  static void put(ByteBuffer to, byte kind, int[] numbers, byte[] bytes) {
    int start = to.position();
    to.putShort(MARK).putInt(0).put(kind).putInt(4 * numbers.length + bytes.length);
    for (int number : numbers) {
      to.putInt(number);
    }
    to.put(bytes);
    to.putInt(start + 2, checksum(to, start + CHECKED, to.position()));
  }

  /** The first whole frame at that position or behind it, or null. */
  static @Nullable Frame next(ByteBuffer bytes, int from) {
    for (int at = from; at + OVERHEAD <= bytes.limit(); at++) {
      if (isWhole(bytes, at)) {
        Frame frame = at(bytes, at);
        if (frame != null) {
          return frame;
        }
      }
    }
    return null;
  }

  /** Whether the bytes of a frame are all there, be they right or wrong: it was not cut off. */
  static boolean isWhole(ByteBuffer bytes, int at) {
    int payload = at + OVERHEAD;
    if (payload > bytes.limit() || bytes.getShort(at) != MARK) {
      return false;
    }
    int length = bytes.getInt(payload - Integer.BYTES);
    return length >= 0 && length <= bytes.limit() - payload;
  }

  private static @Nullable Frame at(ByteBuffer bytes, int at) {
    int payload = at + OVERHEAD;
    int length = bytes.getInt(payload - Integer.BYTES);
    int end = payload + length;
    if (bytes.getInt(at + 2) != checksum(bytes, at + CHECKED, end)) {
      return null;
    }
    return new Frame(bytes.get(at + CHECKED), bytes.slice(payload, length), end);
  }

  /** Where it begins in the bytes that it was read from. */
  int start() {
    return end - payload.capacity() - OVERHEAD;
  }

  private static int checksum(ByteBuffer bytes, int from, int to) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.slice(from, to - from));
    return (int) checksum.getValue();
  }
}
