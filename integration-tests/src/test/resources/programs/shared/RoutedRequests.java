import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Requests to a server's routes that are under way at the same time. */
final class RoutedRequests {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private RoutedRequests() {}

  /**
   * Sends so many, to each path in turn and of a customer each, and waits until all are answered;
   * those to carts have a long body. Prints which were not answered well.
   */
  static void send(int port, int count, String... paths) throws Exception {
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path = paths[i % paths.length];
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("x-customer", "cust-" + i);
      if (path.startsWith("/carts")) {
        request
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000)));
      }
      all.add(
          CLIENT
              .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
              .thenAccept(
                  response -> {
                    if (response.statusCode() != 200) {
                      System.out.println(path + " was answered " + response.statusCode());
                    }
                  }));
    }
    for (CompletableFuture<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
  }
}
