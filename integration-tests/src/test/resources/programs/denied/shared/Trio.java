import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.MissingAttributionException;
import io.costattr.api.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Makes the same call three times, and says what the program sees: where a budget blocks it, where
 * the server really gives that answer, and where the policy refuses it.
 */
final class Trio {
  private static final String KEY = "Bearer sk-test";

  private final String denied;
  private final String real;
  private final String http2;

  /** A kind of call, to a base as an SDK has it. */
  interface Kind {
    String see(String base) throws Exception;
  }

  private Trio(String denied, String real, String http2) {
    this.denied = denied;
    this.real = real;
    this.http2 = http2;
  }

  /** Lets the servers answer as a budget does. */
  static Trio of(String[] arguments) throws Exception {
    Trio trio = new Trio(arguments[0], arguments[1], arguments[2]);
    HttpClient client = HttpClient.newHttpClient();
    HttpResponse<String> answer;
    try (Scope scope = as("first")) {
      answer =
          client.send(
              HttpRequest.newBuilder(URI.create(trio.denied + "/denied/v1/chat/completions"))
                  .header("Authorization", KEY)
                  .POST(BodyPublishers.ofString(chat(false)))
                  .build(),
              BodyHandlers.ofString());
    }
    StringBuilder wire = new StringBuilder();
    for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
      for (String value : header.getValue()) {
        wire.append(header.getKey()).append(": ").append(value).append("\n");
      }
    }
    wire.append("\n").append(answer.body());
    for (String server : new String[] {trio.real, trio.http2}) {
      client.send(
          HttpRequest.newBuilder(URI.create(server + "/answer"))
              .POST(BodyPublishers.ofString(wire.toString()))
              .build(),
          BodyHandlers.discarding());
    }
    return trio;
  }

  /** One kind of call over HTTP/1.1 without TLS. */
  void call(String name, Kind kind) {
    three(name, kind, denied, real);
  }

  /** One kind of call to which a server's answer is of no interest. */
  void own(String name, Kind kind) {
    try (Scope scope = as(name)) {
      System.out.println(name + " denied " + seen(kind, denied + "/denied/v1"));
    }
  }

  /** One kind of call to a server that speaks HTTP/2. */
  void http2(String name, Kind kind) {
    three(name, kind, http2, http2);
  }

  private static void three(String name, Kind kind, String blocked, String answering) {
    String seen;
    try (Scope scope = as(name)) {
      seen = seen(kind, blocked + "/denied/v1");
    }
    String expected;
    try (Scope scope = as("real")) {
      expected = seen(kind, answering + "/real/v1");
    }
    System.out.println(name + " denied " + (seen.equals(expected) ? "as by the server" : seen));
    System.out.println(name + " server " + expected);
    Attribution nobody = Attribution.builder().feature("refused").build();
    try (Scope scope = AttributionContext.with(nobody)) {
      System.out.println(name + " refused " + seen(kind, blocked + "/denied/v1"));
    }
  }

  private static Scope as(String customer) {
    return AttributionContext.with(
        Attribution.builder().feature("denied").customerId(customer).build());
  }

  private static String seen(Kind kind, String base) {
    String seen;
    try {
      seen = kind.see(base);
    } catch (Throwable thrown) {
      seen = "threw " + failure(thrown);
    }
    return seen.replace(base, "BASE")
        .replaceAll("retry-after: [0-9]+", "retry-after: N")
        .replaceAll("x-request-id: [0-9a-f-]+", "x-request-id: ID")
        .replaceAll("budget-value: [0-9a-z()-]+", "budget-value: CUSTOMER")
        .replaceAll("(denied|real)/v1", "PATH/v1")
        .replaceAll("(127.0.0.1|localhost)(/127.0.0.1)?:[0-9]+", "HOST")
        .replace('\n', '|');
  }

  /** What a user would catch, and whether the API's exception is behind it. */
  static String failure(Throwable thrown) {
    Throwable failure = thrown;
    while ((failure instanceof ExecutionException || failure instanceof CompletionException)
        && failure.getCause() != null) {
      failure = failure.getCause();
    }
    String kind =
        failure instanceof java.io.IOException
            ? java.io.IOException.class.getName()
            : failure.getClass().getName();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MissingAttributionException) {
        return kind
            + " without "
            + String.join(",", ((MissingAttributionException) cause).dimensions());
      }
    }
    return failure.getClass().getName() + " " + failure.getMessage();
  }

  /** The body of a chat completion. */
  static String chat(boolean stream) {
    return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello"
        + " there\"}]"
        + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
  }

  /** A head, its names in lower case and in order. */
  static String head(int status, Iterable<? extends Map.Entry<String, String>> headers) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey() != null) {
        lines.add(header.getKey().toLowerCase(Locale.ROOT) + ": " + header.getValue());
      }
    }
    Collections.sort(lines);
    return status + "\n" + String.join("\n", lines) + "\n";
  }
}
