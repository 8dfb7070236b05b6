package io.costattr.it.hosts;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Posts a question to each URL it is given; the customer is the URL's place among them. */
final class HostCalls {
  private HostCalls() {}

  public static void main(String[] urls) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int i = 0; i < urls.length; i++) {
      try (Scope scope =
          AttributionContext.with(
              Attribution.builder().feature("hosts").customerId("url-" + i).build())) {
        client.send(question(urls[i]), BodyHandlers.ofString());
      }
    }
  }

  static HttpRequest question(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer sk-test")
        .header("Content-Type", "application/json")
        .POST(
            BodyPublishers.ofString(
                "{\"model\":\"gpt-4o-mini\",\"stream\":false,"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}"))
        .build();
  }
}
