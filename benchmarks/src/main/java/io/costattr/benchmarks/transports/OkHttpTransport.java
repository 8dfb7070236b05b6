package io.costattr.benchmarks.transports;

import java.io.IOException;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp, synchronous. */
final class OkHttpTransport implements Transport {
  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient client = new OkHttpClient();
  private final byte[] buffer = new byte[1 << 14];

  @Override
  public long post(String url, String body) throws IOException {
    long start = System.nanoTime();
    Request request = new Request.Builder().url(url).post(RequestBody.create(body, JSON)).build();
    try (Response response = client.newCall(request).execute()) {
      return Transport.readAll(Objects.requireNonNull(response.body()).byteStream(), start, buffer);
    }
  }
}
