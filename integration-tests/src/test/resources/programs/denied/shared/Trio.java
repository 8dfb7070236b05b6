import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.MissingAttributionException;
import io.costattr.api.Scope;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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

  /** Uses the budgets up, and lets the servers answer as they do from then on. */
  static Trio of(String[] arguments) throws Exception {
    Trio trio = new Trio(arguments[0], arguments[1], arguments[2]);
    HttpClient client = HttpClient.newHttpClient();
    BodyPublisher readable = BodyPublishers.ofString(chat(false));
    BodyPublisher other =
        BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream(chat(false).getBytes(StandardCharsets.UTF_8)));
    String read;
    String unread;
    try (Scope scope = as("first")) {
      client.send(chatAt(trio.real + "/spent", readable), BodyHandlers.discarding());
      read = answer(client, chatAt(trio.denied + "/denied", readable));
      unread = answer(client, chatAt(trio.denied + "/denied", other));
    }
    for (String server : new String[] {trio.real, trio.http2}) {
      client.send(post(server + "/read", BodyPublishers.ofString(read)), BodyHandlers.discarding());
      client.send(
          post(server + "/unread", BodyPublishers.ofString(unread)), BodyHandlers.discarding());
    }
    return trio;
  }

  /** What the agent says when what the first call has used is known. */
  private static String answer(HttpClient client, HttpRequest request) throws Exception {
    HttpResponse<String> answer;
    do {
      answer = client.send(request, BodyHandlers.ofString());
    } while (!answer.body().contains("1 calls are spent"));
    StringBuilder wire = new StringBuilder();
    for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
      for (String value : header.getValue()) {
        wire.append(header.getKey()).append(": ").append(value).append("\n");
      }
    }
    return wire.append("\n").append(answer.body()).toString();
  }

  private static HttpRequest chatAt(String base, BodyPublisher body) {
    return post(base + "/v1/chat/completions", body);
  }

  private static HttpRequest post(String url, BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(url)).header("Authorization", KEY).POST(body).build();
  }

  /** One kind of call over HTTP/1.1 without TLS. */
  void call(String name, Kind kind) {
    three(name, kind, denied, real + "/read");
  }

  /** One kind of call whose body cannot be read before it is sent. */
  void unread(String name, Kind kind) {
    three(name, kind, denied, real + "/unread");
  }

  /** One kind of call, of which the program sees what it sees of another one of a server. */
  void call(String name, Kind kind, Kind like) {
    three(name, kind, denied, like, real + "/read");
  }

  /** One kind of call to a server that speaks HTTP/2. */
  void http2(String name, Kind kind) {
    three(name, kind, http2, http2 + "/read");
  }

  /** One whose body cannot be read before it is sent, to a server that speaks HTTP/2. */
  void http2Unread(String name, Kind kind) {
    three(name, kind, http2, http2 + "/unread");
  }

  private static void three(String name, Kind kind, String blocked, String answering) {
    three(name, kind, blocked, kind, answering);
  }

  private static void three(String name, Kind kind, String blocked, Kind like, String answering) {
    String seen;
    try (Scope scope = as(name)) {
      seen = seen(kind, blocked + "/denied/v1");
    }
    String expected;
    try (Scope scope = AttributionContext.with(Attribution.builder().feature("real").build())) {
      expected = seen(like, answering + "/v1");
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
        .replaceAll("(denied|read|unread)/v1", "PATH/v1")
        .replaceAll("(127.0.0.1|localhost)(/127.0.0.1)?:[0-9]+", "HOST")
        .replace('\n', '|');
  }

  /** What a user would catch, and whether the API's exception is behind it. */
  static String failure(Throwable thrown) {
    Throwable failure = thrown;
    while (isWrapping(failure) && failure.getCause() != null) {
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

  private static boolean isWrapping(Throwable failure) {
    return failure instanceof ExecutionException
        || failure instanceof CompletionException
        || failure.getClass().getName().equals("reactor.core.Exceptions$ReactiveException");
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
