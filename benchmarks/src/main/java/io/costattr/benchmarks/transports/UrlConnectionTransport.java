package io.costattr.benchmarks.transports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** HttpURLConnection. */
final class UrlConnectionTransport implements Transport {
  private final byte[] buffer = new byte[1 << 14];

  @Override
  public long post(String url, String body) throws IOException {
    long start = System.nanoTime();
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream in = connection.getInputStream()) {
      return Transport.readAll(in, start, buffer);
    }
  }
}
