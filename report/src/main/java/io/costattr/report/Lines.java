package io.costattr.report;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The lines of a file, plain or gzip, as bytes. A line is held in memory up to a limit; what is
 * longer is passed over and said to be too long. Not thread-safe.
 */
final class Lines implements Closeable {
  /** No event comes near it; a file that is no event file may. */
  private static final int LONGEST = 16 << 20;

  private final InputStream in;
  private final byte[] chunk = new byte[1 << 16];
  private int at;
  private int end;

  private byte[] line = new byte[1 << 13];
  private int length;
  private long number;
  private boolean tooLong;
  private boolean ended;

  Lines(Path file) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      in = gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** Goes to the next line that is not blank; false when there is none. */
  boolean next() throws IOException {
    while (read()) {
      if (tooLong || !blank()) {
        return true;
      }
    }
    return false;
  }

  /** The line is in these bytes, from 0 to {@link #length}; valid until {@link #next}. */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  /** The line's number, from 1. */
  long number() {
    return number;
  }

  boolean isTooLong() {
    return tooLong;
  }

  /** Whether the line has its line end; the last line of a file being written may not. */
  boolean isEnded() {
    return ended;
  }

  private boolean read() throws IOException {
    length = 0;
    tooLong = false;
    ended = false;
    boolean any = false;
    while (true) {
      if (at == end) {
        end = in.read(chunk);
        at = 0;
        if (end <= 0) {
          end = 0;
          return any;
        }
      }
      if (!any) {
        any = true;
        number++;
      }
      int stop = at;
      while (stop < end && chunk[stop] != '\n') {
        stop++;
      }
      append(at, stop - at);
      if (stop < end) {
        at = stop + 1;
        ended = true;
        return true;
      }
      at = stop;
    }
  }

  private void append(int from, int count) {
    if (tooLong || count > LONGEST - length) {
      tooLong = true;
      length = 0;
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, line.length * 2));
    }
    System.arraycopy(chunk, from, line, length, count);
    length += count;
  }

  private boolean blank() {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
