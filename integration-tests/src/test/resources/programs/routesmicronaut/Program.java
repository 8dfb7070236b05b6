import beans.Beans;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Requests to several routes that share one event loop and one worker, each with calls in its
 * filter, its controller, and what comes after. Every call says which route and which customer it
 * expects to be.
 */
public final class Program {
  private static final int REQUESTS = 25;
  private static final HttpClient JDK = HttpClient.newHttpClient();
  private static String base = "";

  private Program() {}

  public static void main(String[] arguments) throws Exception {
    base = arguments[0];
    boolean known = !arguments[1].equals("3.2.7");
    Beans.carries = arguments[1].startsWith("3.");
    Beans.call =
        (route, customer) ->
            ModelCall.make(base, known ? route + "|" + customer : "(unattributed)|(unattributed)");
    EmbeddedServer server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "micronaut.server.port",
                "-1",
                "micronaut.netty.event-loops.default.num-threads",
                "1",
                "micronaut.executors.io.type",
                "fixed",
                "micronaut.executors.io.n-threads",
                "1"));
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      String path =
          switch (i % 5) {
            case 0 -> "/orders/4711";
            case 1 -> "/carts/4711/items/8";
            case 2 -> "/blocking/4711";
            case 3 -> "/later/4711";
            default -> "/reactive/4711";
          };
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
              .header("x-customer", "cust-" + i);
      if (path.startsWith("/carts")) {
        request
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("x".repeat(100_000)));
      }
      all.add(
          JDK.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
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
    System.out.println("done");
    System.exit(0);
  }
}
