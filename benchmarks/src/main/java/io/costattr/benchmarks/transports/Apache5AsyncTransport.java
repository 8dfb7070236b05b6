package io.costattr.benchmarks.transports;

import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;

/** Apache HttpClient 5, asynchronous. */
final class Apache5AsyncTransport implements Transport {
  private final CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();

  Apache5AsyncTransport() {
    client.start();
  }

  @Override
  public long post(String url, String body) throws ExecutionException, InterruptedException {
    long start = System.nanoTime();
    SimpleHttpRequest request =
        SimpleRequestBuilder.post(url).setBody(body, ContentType.APPLICATION_JSON).build();
    return client.execute(SimpleRequestProducer.create(request), new FirstByte(start), null).get();
  }

  /** Drops a body as it comes. */
  private static final class FirstByte extends AbstractBinResponseConsumer<Long> {
    private final long start;
    private long first;

    FirstByte(long start) {
      this.start = start;
    }

    @Override
    protected void start(HttpResponse response, ContentType type) {
      // Of no interest.
    }

    @Override
    protected int capacityIncrement() {
      return Integer.MAX_VALUE;
    }

    @Override
    protected void data(ByteBuffer bytes, boolean end) {
      if (first == 0 && bytes.hasRemaining()) {
        first = System.nanoTime() - start;
      }
      bytes.position(bytes.limit());
    }

    @Override
    protected Long buildResult() {
      return first;
    }

    @Override
    public void releaseResources() {
      // There are none.
    }
  }
}
