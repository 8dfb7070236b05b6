import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;

/** What java.net.http gives to a call that is not sent. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    Trio trio = Trio.of(arguments);
    HttpClient client = HttpClient.newHttpClient();
    trio.call("sync", base -> text(client.send(chat(base, false), BodyHandlers.ofString())));
    trio.call(
        "async", base -> text(client.sendAsync(chat(base, false), BodyHandlers.ofString()).get()));
    trio.call("stream", base -> lines(client.send(chat(base, true), BodyHandlers.ofInputStream())));
    trio.call(
        "async-stream",
        base -> {
          HttpResponse<java.util.stream.Stream<String>> response =
              client.sendAsync(chat(base, true), BodyHandlers.ofLines()).get();
          return head(response) + response.body().collect(Collectors.toList());
        });
    trio.call("demand", base -> demanded(client, base));
    trio.call(
        "handler",
        base ->
            text(
                client.send(
                    chat(base, false),
                    info ->
                        BodySubscribers.mapping(
                            BodySubscribers.ofString(StandardCharsets.UTF_8),
                            body -> info.statusCode() + info.version().name() + body))));
    trio.unread(
        "stream-of-bytes",
        base ->
            text(
                client.send(
                    HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                        .POST(
                            BodyPublishers.ofInputStream(
                                () ->
                                    new java.io.ByteArrayInputStream(
                                        Trio.chat(false).getBytes(StandardCharsets.UTF_8))))
                        .build(),
                    BodyHandlers.ofString())));
    trio.http2("http2", base -> text(client.send(chat(base, false), BodyHandlers.ofString())));
    System.out.println("done");
    System.exit(0);
  }

  private static HttpRequest chat(String base, boolean stream) {
    return HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
        .header("Authorization", "Bearer sk-test")
        .POST(BodyPublishers.ofString(Trio.chat(stream)))
        .build();
  }

  private static String head(HttpResponse<?> response) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
    return Trio.head(response.statusCode(), headers)
        + response.uri()
        + response.request().uri()
        + response.previousResponse().isPresent()
        + response.version()
        + response;
  }

  private static String text(HttpResponse<String> response) {
    return head(response) + response.body();
  }

  private static String lines(HttpResponse<InputStream> response) throws IOException {
    StringBuilder seen = new StringBuilder(head(response));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        seen.append("line ").append(line);
      }
    }
    return seen.toString();
  }

  /** Nothing comes before it is asked for. */
  private static String demanded(HttpClient client, String base) throws Exception {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
        client.send(chat(base, false), BodyHandlers.ofPublisher());
    StringBuilder seen = new StringBuilder(head(response));
    CompletableFuture<String> done = new CompletableFuture<>();
    response
        .body()
        .subscribe(
            new Flow.Subscriber<List<ByteBuffer>>() {
              private Flow.Subscription subscription;

              @Override
              public void onSubscribe(Flow.Subscription asked) {
                subscription = asked;
                seen.append("subscribed ");
                subscription.request(1);
              }

              @Override
              public void onNext(List<ByteBuffer> pieces) {
                for (ByteBuffer piece : pieces) {
                  seen.append(StandardCharsets.UTF_8.decode(piece));
                }
                subscription.request(1);
              }

              @Override
              public void onError(Throwable thrown) {
                done.completeExceptionally(thrown);
              }

              @Override
              public void onComplete() {
                done.complete(seen + " complete");
              }
            });
    return done.get();
  }
}
