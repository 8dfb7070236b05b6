package io.costattr.benchmarks.transports;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Apache HttpClient 5, classic. */
final class Apache5Transport implements Transport {
  private final CloseableHttpClient client = HttpClients.createDefault();
  private final byte[] buffer = new byte[1 << 14];

  @Override
  public long post(String url, String body) throws IOException {
    long start = System.nanoTime();
    HttpPost request = new HttpPost(url);
    request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    return client.execute(
        request, response -> Transport.readAll(response.getEntity().getContent(), start, buffer));
  }
}
