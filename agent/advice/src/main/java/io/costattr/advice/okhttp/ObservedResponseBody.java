package io.costattr.advice.okhttp;

import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** The application's response body, which shows every byte that is read to an observer as well. */
final class ObservedResponseBody extends ResponseBody {
  private final ResponseBody body;
  private final BufferedSource source;

  ObservedResponseBody(ResponseBody body, ObservedBody observer) {
    this.body = body;
    this.source = Okio.buffer(new ObservedSource(body.source(), observer));
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  private static final class ObservedSource extends ForwardingSource {
    private final ObservedBody observer;
    private final SegmentReader reader = new SegmentReader();

    ObservedSource(BufferedSource source, ObservedBody observer) {
      super(source);
      this.observer = observer;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long read;
      try {
        read = super.read(sink, byteCount);
      } catch (Throwable thrown) {
        observer.failed(thrown);
        throw thrown;
      }
      if (read > 0) {
        reader.show(sink, sink.size() - read, read, observer);
      } else if (read < 0) {
        observer.ended();
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      observer.closed();
      super.close();
    }
  }
}
