package io.costattr.core.amend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Takes out of a stream of chat chunks what is there only because usage was asked for: the chunk
 * that has nothing but usage, and {@code "usage":null} in the others. A line is kept until its end
 * has come; one of more than {@value #MAX_LINE} bytes is handed on as it comes.
 */
public final class UsageChunks implements BodyFilter {
  static final int MAX_LINE = 1 << 20;

  private static final byte[] DATA = "data:".getBytes(US_ASCII);
  private static final byte[] USAGE = "\"usage\"".getBytes(US_ASCII);

  private byte[] line = new byte[1024];
  private int length;

  /** The rest of this line is handed on as it comes. */
  private boolean tooLong;

  /** The line before was an event that is gone; the empty line behind it goes as well. */
  private boolean dropped;

  @Override
  public void accept(byte[] bytes, int offset, int count, Output out) {
    int at = offset;
    int end = offset + count;
    while (at < end) {
      int newline = at;
      while (newline < end && bytes[newline] != '\n') {
        newline++;
      }
      boolean whole = newline < end;
      int next = whole ? newline + 1 : end;
      if (tooLong) {
        out.write(bytes, at, next - at);
        tooLong = !whole;
      } else {
        keep(bytes, at, next - at);
        if (whole) {
          line(out);
        } else if (length > MAX_LINE) {
          out.write(line, 0, length);
          length = 0;
          tooLong = true;
        }
      }
      at = next;
    }
  }

  @Override
  public void end(Output out) {
    if (length > 0) {
      line(out);
    }
  }

  private void keep(byte[] bytes, int offset, int count) {
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(line.length * 2, length + count));
    }
    System.arraycopy(bytes, offset, line, length, count);
    length += count;
  }

  /** A line is whole, with its end. */
  private void line(Output out) {
    int count = length;
    length = 0;
    if (dropped && isEmpty(count)) {
      dropped = false;
      return;
    }
    dropped = false;
    if (!startsWith(DATA, count) || !mentionsUsage(count)) {
      out.write(line, 0, count);
      return;
    }
    ChunkMembers chunk = ChunkMembers.of(line, DATA.length, count);
    if (chunk.isUsageAlone()) {
      dropped = true;
    } else if (chunk.hasSuperfluousUsage()) {
      out.write(line, 0, chunk.cutFrom());
      out.write(line, chunk.cutTo(), count - chunk.cutTo());
    } else {
      out.write(line, 0, count);
    }
  }

  private boolean isEmpty(int count) {
    for (int i = 0; i < count; i++) {
      if (line[i] != '\r' && line[i] != '\n') {
        return false;
      }
    }
    return true;
  }

  private boolean startsWith(byte[] start, int count) {
    return count >= start.length && Arrays.equals(line, 0, start.length, start, 0, start.length);
  }

  private boolean mentionsUsage(int count) {
    for (int i = DATA.length; i + USAGE.length <= count; i++) {
      if (line[i] == '"' && Arrays.equals(line, i, i + USAGE.length, USAGE, 0, USAGE.length)) {
        return true;
      }
    }
    return false;
  }
}
