package io.costattr.benchmarks.transports;

import java.io.IOException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;

/** Apache HttpClient 4, classic. */
final class Apache4Transport implements Transport {
  private final CloseableHttpClient client = HttpClients.createDefault();
  private final byte[] buffer = new byte[1 << 14];

  @Override
  public long post(String url, String body) throws IOException {
    long start = System.nanoTime();
    HttpPost request = new HttpPost(url);
    request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    try (CloseableHttpResponse response = client.execute(request)) {
      return Transport.readAll(response.getEntity().getContent(), start, buffer);
    }
  }
}
