package io.costattr.advice.okhttp;

import io.costattr.core.amend.BodyFilter;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** A response body of which a part is not for the application. */
final class FilteredResponseBody extends ResponseBody {
  private static final long PIECE = 8 * 1024;

  private final ResponseBody body;
  private final BufferedSource source;

  FilteredResponseBody(ResponseBody body, BodyFilter filter) {
    this.body = body;
    this.source = Okio.buffer(new Filtered(body.source(), filter));
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  /** Not known where something may be taken out. */
  @Override
  public long contentLength() {
    return -1;
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  @Override
  public void close() {
    body.close();
  }

  private static final class Filtered implements Source {
    private final BufferedSource source;
    private final BodyFilter filter;
    private final Buffer raw = new Buffer();
    private final Buffer ready = new Buffer();
    private boolean ended;

    Filtered(BufferedSource source, BodyFilter filter) {
      this.source = source;
      this.filter = filter;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      while (ready.size() == 0 && !ended) {
        if (source.read(raw, PIECE) < 0) {
          ended = true;
          filter.end(ready::write);
        } else {
          byte[] bytes = raw.readByteArray();
          filter.accept(bytes, 0, bytes.length, ready::write);
        }
      }
      return ready.read(sink, byteCount);
    }

    @Override
    public Timeout timeout() {
      return source.timeout();
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
