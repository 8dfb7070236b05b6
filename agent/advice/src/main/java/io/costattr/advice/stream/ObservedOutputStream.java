package io.costattr.advice.stream;

import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.io.OutputStream;

/** What a request's body is written to, which shows every byte to an observer as well. */
public final class ObservedOutputStream extends OutputStream {
  private final OutputStream stream;
  private final ObservedBody observer;
  private final byte[] single = new byte[1];

  /**
   * @param stream where the bytes really go
   */
  public ObservedOutputStream(OutputStream stream, ObservedBody observer) {
    this.stream = stream;
    this.observer = observer;
  }

  @Override
  public void write(int b) throws IOException {
    single[0] = (byte) b;
    observer.accept(single, 0, 1);
    stream.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    observer.accept(bytes, offset, length);
    stream.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    stream.flush();
  }

  @Override
  public void close() throws IOException {
    stream.close();
    observer.ended();
  }

  @Override
  public String toString() {
    return stream.toString();
  }
}
