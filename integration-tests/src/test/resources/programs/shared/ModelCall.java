import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A call of a model, which says what its event is expected to say: by the cache key. */
final class ModelCall {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private ModelCall() {}

  static String json(String expected) {
    return "{\"model\":\"gpt-5.5\",\"prompt_cache_key\":\""
        + expected
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";
  }

  static HttpRequest request(String base, String expected) {
    return HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
        .header("Authorization", "Bearer sk-test")
        .POST(HttpRequest.BodyPublishers.ofString(json(expected)))
        .build();
  }

  /** Makes one on this thread, and returns the answer. */
  static String make(String base, String expected) {
    try {
      return CLIENT.send(request(base, expected), HttpResponse.BodyHandlers.ofString()).body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
