package io.costattr.advice.okhttp;

import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** The application's response body, whose source shows what is read of it to an observer. */
final class ObservedResponseBody extends ResponseBody {
  private final ResponseBody body;
  private final ObservedSource observed;
  private final BufferedSource source;

  ObservedResponseBody(ResponseBody body, ObservedSource observed) {
    this.body = body;
    this.observed = observed;
    this.source = Okio.buffer(observed);
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

  /** The body may be one of the application's own, from a network interceptor, with its own end. */
  @Override
  public void close() {
    observed.closed();
    try {
      body.close();
    } finally {
      super.close();
    }
  }
}
