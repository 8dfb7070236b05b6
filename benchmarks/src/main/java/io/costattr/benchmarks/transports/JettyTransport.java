package io.costattr.benchmarks.transports;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.StringRequestContent;

/** Jetty's client 12. */
final class JettyTransport implements Transport {
  private final HttpClient client = new HttpClient();

  JettyTransport() throws Exception {
    client.start();
  }

  @Override
  public long post(String url, String body) throws InterruptedException {
    FirstByte reader = new FirstByte(System.nanoTime());
    client.POST(url).body(new StringRequestContent("application/json", body)).send(reader);
    reader.ended.await();
    return reader.first;
  }

  /** Drops a body as it comes. */
  private static final class FirstByte implements Response.Listener {
    private final long start;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long first;

    FirstByte(long start) {
      this.start = start;
    }

    @Override
    public void onContent(Response response, ByteBuffer bytes) {
      if (first == 0) {
        first = System.nanoTime() - start;
      }
    }

    @Override
    public void onComplete(Result result) {
      ended.countDown();
    }
  }
}
