package io.costattr.benchmarks.transports;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** java.net.http, synchronous, the body as a stream. */
final class JdkTransport implements Transport {
  private final HttpClient client = HttpClient.newHttpClient();
  private final byte[] buffer = new byte[1 << 14];

  @Override
  public long post(String url, String body) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (InputStream in = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      return Transport.readAll(in, start, buffer);
    }
  }
}
