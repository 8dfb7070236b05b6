package io.costattr.benchmarks.transports;

import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.client.methods.AsyncByteConsumer;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.protocol.HttpContext;

/** Apache HttpAsyncClient 4. */
final class Apache4AsyncTransport implements Transport {
  private final CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();

  Apache4AsyncTransport() {
    client.start();
  }

  @Override
  public long post(String url, String body) throws ExecutionException, InterruptedException {
    long start = System.nanoTime();
    HttpPost request = new HttpPost(url);
    request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    return client.execute(HttpAsyncMethods.create(request), new FirstByte(start), null).get();
  }

  /** Drops a body as it comes. */
  private static final class FirstByte extends AsyncByteConsumer<Long> {
    private final long start;
    private long first;

    FirstByte(long start) {
      this.start = start;
    }

    @Override
    protected void onByteReceived(ByteBuffer bytes, IOControl control) {
      if (first == 0) {
        first = System.nanoTime() - start;
      }
    }

    @Override
    protected void onResponseReceived(HttpResponse response) {
      // Of no interest.
    }

    @Override
    protected Long buildResult(HttpContext context) {
      return first;
    }
  }
}
