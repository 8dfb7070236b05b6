package io.costattr.advice.stream;

import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A response body that shows what is read of it to an observer as well. What is skipped is read, as
 * the streams of HTTP clients do it anyway. Marks are not supported.
 */
public final class ObservedInputStream extends InputStream {
  private final InputStream stream;
  private final ObservedBody observer;

  /**
   * Lives as long as the stream does: by its end the exchange learns that nobody reads any more.
   */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private final @Nullable Object watched;

  private byte @Nullable [] single;

  /**
   * @param stream the application's, used as it would be without the agent
   * @param watched what is watched by the exchange, null for nothing
   */
  public ObservedInputStream(InputStream stream, ObservedBody observer, @Nullable Object watched) {
    this.stream = stream;
    this.observer = observer;
    this.watched = watched;
  }

  /** The body is left without a word to the stream. */
  public void left() {
    observer.closed();
  }

  @Override
  public int read() throws IOException {
    int read;
    try {
      read = stream.read();
    } catch (Throwable thrown) {
      observer.failed(thrown);
      throw thrown;
    }
    if (read < 0) {
      observer.ended();
    } else {
      byte[] bytes = single;
      if (bytes == null) {
        bytes = new byte[1];
        single = bytes;
      }
      bytes[0] = (byte) read;
      observer.accept(bytes, 0, 1);
    }
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read;
    try {
      read = stream.read(bytes, offset, length);
    } catch (Throwable thrown) {
      observer.failed(thrown);
      throw thrown;
    }
    if (read < 0) {
      observer.ended();
    } else {
      observer.accept(bytes, offset, read);
    }
    return read;
  }

  @Override
  public int available() throws IOException {
    return stream.available();
  }

  @Override
  public void close() throws IOException {
    observer.closed();
    stream.close();
  }

  @Override
  public String toString() {
    return stream.toString();
  }
}
