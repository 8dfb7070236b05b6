package io.costattr.advice.stream;

import io.costattr.core.amend.BodyFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A response body of which a part is not for the application. Marks are not supported. */
public final class FilteredInputStream extends InputStream {
  private static final int PIECE = 8 * 1024;

  private final InputStream stream;
  private final BodyFilter filter;
  private final Ready ready = new Ready();
  private final byte[] piece = new byte[PIECE];
  private boolean ended;

  /**
   * @param stream the body as it comes
   */
  public FilteredInputStream(InputStream stream, BodyFilter filter) {
    this.stream = stream;
    this.filter = filter;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (ready.isEmpty() && !ended) {
      ready.clear();
      int read = stream.read(piece, 0, PIECE);
      if (read < 0) {
        ended = true;
        filter.end(ready::write);
      } else {
        filter.accept(piece, 0, read, ready::write);
      }
    }
    return ready.take(bytes, offset, length);
  }

  /** What can be read without waiting; of what has not come yet not even that is known. */
  @Override
  public int available() {
    return ready.left();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  @Override
  public String toString() {
    return stream.toString();
  }

  /** What has been let through and not been read yet. */
  private static final class Ready extends ByteArrayOutputStream {
    private int taken;

    boolean isEmpty() {
      return left() == 0;
    }

    int left() {
      return count - taken;
    }

    void clear() {
      reset();
      taken = 0;
    }

    /** How many bytes were put there, at least one; -1 when none is left. */
    int take(byte[] bytes, int offset, int length) {
      if (isEmpty()) {
        return -1;
      }
      int given = Math.min(length, left());
      System.arraycopy(buf, taken, bytes, offset, given);
      taken += given;
      return given;
    }
  }
}
