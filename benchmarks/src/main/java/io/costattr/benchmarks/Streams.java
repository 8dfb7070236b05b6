package io.costattr.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Streams read to their end, through OkHttp or java.net.http. Prints {@code first MB/s}: the time
 * to the first byte in microseconds (median), and the throughput of the whole.
 */
public final class Streams {
  private static final String REQUEST =
      "{\"model\":\"gpt-5.5\",\"stream\":true,\"messages\":"
          + "[{\"role\":\"user\",\"content\":\"Tell me a long story.\"}]}";
  private static final int WARM_UP = 150;
  private static final int MEASURED = 150;

  /** Opens the stream of one call. */
  interface Client {
    InputStream open() throws IOException, InterruptedException;
  }

  private Streams() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Client client = client(arguments[0], "http://127.0.0.1:" + arguments[1] + path(arguments));
    if (arguments.length > 2) {
      Retained.measure(client);
      return;
    }
    byte[] buffer = new byte[1 << 14];
    long[] first = new long[MEASURED];
    long bytes = 0;
    long total = 0;
    for (int i = -WARM_UP; i < MEASURED; i++) {
      long start = System.nanoTime();
      try (InputStream in = client.open()) {
        long read = in.read(buffer);
        long firstByte = System.nanoTime() - start;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          read += n;
        }
        if (i >= 0) {
          first[i] = firstByte;
          total += System.nanoTime() - start;
          bytes += read;
        }
      }
    }
    Arrays.sort(first);
    System.out.printf("%.1f %.0f%n", first[MEASURED / 2] / 1e3, bytes * 1e3 / total);
  }

  private static String path(String[] arguments) {
    return (arguments.length > 2 ? "/gigabyte" : "") + "/v1/chat/completions";
  }

  private static Client client(String name, String url) {
    if (name.equals("okhttp")) {
      OkHttpClient client = new OkHttpClient();
      Request request =
          new Request.Builder()
              .url(url)
              .post(RequestBody.create(REQUEST, MediaType.get("application/json")))
              .build();
      return () -> {
        Response response = client.newCall(request).execute();
        return java.util.Objects.requireNonNull(response.body()).byteStream();
      };
    }
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(REQUEST))
            .build();
    return () -> client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
  }
}
