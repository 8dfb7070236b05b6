package io.costattr.it.threads;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Customers, and whose thread this is. */
final class Who {
  static final String NOBODY = "(unattributed)";

  private Who() {}

  static Attribution is(String customer) {
    return Attribution.builder().customerId(customer).build();
  }

  /** The customer of this thread, or nobody. */
  static String now() {
    String customer = AttributionContext.current().customerId();
    return customer == null ? NOBODY : customer;
  }

  /** Calls a model; the event tells {@code expected} beside who paid. */
  static void calls(HttpClient client, String base, String expected) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
            .header("Authorization", "Bearer sk-test")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"gpt-5.5\",\"prompt_cache_key\":\""
                        + expected
                        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}"))
            .build();
    try {
      client.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
