import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Calls of java.net.http; a customer for each kind of call. */
public class Program {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static void main(String[] arguments) throws Exception {
    calls("", arguments[0]);
    calls("tls-", arguments[1]);
    calls("http2-", arguments[3]);
    System.out.println("done");
  }

  private static void calls(String prefix, String base) throws Exception {
    try (Scope scope = customer(prefix + "sync")) {
      check(CLIENT.send(chat(base, false), BodyHandlers.ofString()).body());
    }
    CompletableFuture<HttpResponse<String>> later;
    try (Scope scope = customer(prefix + "async")) {
      later = CLIENT.sendAsync(chat(base, false), BodyHandlers.ofString());
    }
    check(later.get().body());
    try (Scope scope = customer(prefix + "stream");
        Stream<String> lines = CLIENT.send(chat(base, true), BodyHandlers.ofLines()).body()) {
      check(String.valueOf(lines.takeWhile(line -> !line.equals("data: [DONE]")).toList()));
    }
  }

  private static HttpRequest chat(String base, boolean stream) {
    String question =
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]"
            + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
    return HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
        .header("Authorization", "Bearer sk-test")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(question))
        .build();
  }

  private static void check(String text) {
    if (!text.contains("gpt-4o-mini")) {
      throw new AssertionError(text);
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
