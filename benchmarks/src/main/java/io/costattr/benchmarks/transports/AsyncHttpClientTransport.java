package io.costattr.benchmarks.transports;

import static org.asynchttpclient.Dsl.asyncHttpClient;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.ExecutionException;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;

/** async-http-client 3. */
final class AsyncHttpClientTransport implements Transport {
  private final AsyncHttpClient client = asyncHttpClient();

  @Override
  public long post(String url, String body) throws ExecutionException, InterruptedException {
    return client
        .preparePost(url)
        .setHeader("Content-Type", "application/json")
        .setBody(body)
        .execute(new FirstByte(System.nanoTime()))
        .get();
  }

  /** Drops a body as it comes. */
  private static final class FirstByte implements AsyncHandler<Long> {
    private final long start;
    private long first;

    FirstByte(long start) {
      this.start = start;
    }

    @Override
    public State onStatusReceived(HttpResponseStatus status) {
      return State.CONTINUE;
    }

    @Override
    public State onHeadersReceived(HttpHeaders headers) {
      return State.CONTINUE;
    }

    @Override
    public State onBodyPartReceived(HttpResponseBodyPart part) {
      if (first == 0) {
        first = System.nanoTime() - start;
      }
      return State.CONTINUE;
    }

    @Override
    public void onThrowable(Throwable failure) {
      // The future has it.
    }

    @Override
    public Long onCompleted() {
      return first;
    }
  }
}
