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
  private static final int WARM_UP = 600;
  private static final int MEASURED = 300;

  /** Opens the stream of one call. */
  interface Client {
    InputStream open() throws IOException, InterruptedException;
  }

  private Streams() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String server = "http://127.0.0.1:" + arguments[1];
    if (arguments.length > 2) {
      Retained.measure(client(arguments[0], server + "/gigabyte/v1/chat/completions"));
      return;
    }
    double rate = throughput(client(arguments[0], server + "/v1/chat/completions"));
    double first = firstByte(client(arguments[0], server + "/first/v1/chat/completions"));
    System.out.printf("%.1f %.0f%n", first / 1e3, rate);
  }

  /** The median time to the first byte, in nanoseconds. */
  private static double firstByte(Client client) throws IOException, InterruptedException {
    byte[] buffer = new byte[1 << 14];
    long[] first = new long[MEASURED];
    for (int i = -WARM_UP; i < MEASURED; i++) {
      long start = System.nanoTime();
      try (InputStream in = client.open()) {
        int read = in.read(buffer);
        long elapsed = System.nanoTime() - start;
        if (i >= 0) {
          first[i] = elapsed;
        }
        while (read >= 0) {
          read = in.read(buffer);
        }
      }
    }
    Arrays.sort(first);
    return first[MEASURED / 2];
  }

  /** Megabytes read in a second, from the request on. */
  private static double throughput(Client client) throws IOException, InterruptedException {
    byte[] buffer = new byte[1 << 14];
    long bytes = 0;
    long total = 0;
    for (int i = -WARM_UP; i < MEASURED; i++) {
      long start = System.nanoTime();
      long read = 0;
      try (InputStream in = client.open()) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          read += n;
        }
      }
      if (i >= 0) {
        total += System.nanoTime() - start;
        bytes += read;
      }
    }
    return bytes * 1e3 / total;
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
