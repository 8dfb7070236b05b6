package io.costattr.advice.apache5;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/**
 * An observed body in chunks. The library, whose entity stands around the observed one from 5.2 on,
 * finds the trailers by the class of the stream.
 */
final class ObservedChunks extends ChunkedInputStream {
  private final ChunkedInputStream chunks;
  private final InputStream observed;

  /**
   * @param chunks the library's
   * @param observed what reads of it
   */
  ObservedChunks(ChunkedInputStream chunks, InputStream observed) {
    super(new SessionInputBufferImpl(1), observed);
    this.chunks = chunks;
    this.observed = observed;
  }

  @Override
  public int read() throws IOException {
    return observed.read();
  }

  @Override
  public int read(byte[] bytes) throws IOException {
    return observed.read(bytes);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return observed.read(bytes, offset, length);
  }

  @Override
  public int available() throws IOException {
    return observed.available();
  }

  @Override
  public Header[] getFooters() {
    return chunks.getFooters();
  }

  @Override
  public void close() throws IOException {
    observed.close();
  }

  @Override
  public String toString() {
    return chunks.toString();
  }
}
