package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.ObservedBody;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A response body below the stream that the application has, which shows what is read of it to an
 * observer as well; what is read again after a mark is shown once.
 */
final class ResponseStream extends FilterInputStream {
  private final ObservedBody observer;
  private final long length;
  private long position;
  private long marked;

  /** How much has been shown. */
  private long shown;

  /**
   * @param length how long the body must be, -1 when it tells its end by itself
   */
  ResponseStream(InputStream stream, ObservedBody observer, long length) {
    super(stream);
    this.observer = observer;
    this.length = length;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    int read;
    try {
      read = in.read(bytes, offset, count);
    } catch (Throwable thrown) {
      observer.failed(thrown);
      throw thrown;
    }
    if (read < 0) {
      end();
    } else {
      show(bytes, offset, read);
    }
    return read;
  }

  private void show(byte[] bytes, int offset, int read) {
    int again = (int) Math.min(read, shown - position);
    position += read;
    if (read > again) {
      observer.accept(bytes, offset + again, read - again);
      shown = position;
    }
  }

  /** The JDK says nothing when a body is shorter than it was announced. */
  private void end() {
    if (length > position) {
      observer.failed(new EOFException());
    } else {
      observer.ended();
    }
  }

  /** What is skipped is read, as the stream above does it by itself. */
  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.max(0, Math.min(count, 2048))];
    return skipped.length == 0 ? 0 : Math.max(0, read(skipped, 0, skipped.length));
  }

  // Synchronized as those of the stream below.

  @Override
  public synchronized void mark(int limit) {
    in.mark(limit);
    marked = position;
  }

  @Override
  public synchronized void reset() throws IOException {
    in.reset();
    position = marked;
  }

  @Override
  public void close() throws IOException {
    observer.closed();
    in.close();
  }
}
