package io.costattr.advice.okhttp;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Source;
import okio.Timeout;

/**
 * The source of a response body, which shows every byte that is read to an observer as well. The
 * real one is asked for when it is first needed, as it would be without the agent.
 */
final class ObservedSource implements Source {
  private final ResponseBody body;
  private final Exchange exchange;
  private final ObservedBody observer;
  private final Call call;
  private final SegmentReader reader = new SegmentReader();

  ObservedSource(ResponseBody body, Exchange exchange, ObservedBody observer, Call call) {
    this.body = body;
    this.exchange = exchange;
    this.observer = observer;
    this.call = call;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long read;
    try {
      read = body.source().read(sink, byteCount);
    } catch (Throwable thrown) {
      InterceptAdvice.failed(exchange, call, thrown);
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
  public Timeout timeout() {
    return body.source().timeout();
  }

  @Override
  public void close() throws IOException {
    observer.closed();
    body.source().close();
  }

  void closed() {
    observer.closed();
  }

  @Override
  public String toString() {
    return body.source().toString();
  }
}
