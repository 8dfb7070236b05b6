package io.costattr.it.attribution;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A service that has its texts embedded by another one, for its own customers. */
public final class SearchService {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private SearchService() {}

  /**
   * @param arguments the URL of the service that embeds
   */
  public static void main(String[] arguments) throws Exception {
    search(arguments[0], "/embed", "cust_1");
    search(arguments[0], "/embed/later", "cust_2");
    search(arguments[0], "/embed/mine", "cust_3");
    System.exit(0);
  }

  private static void search(String base, String path, String customer) throws Exception {
    Attribution who =
        Attribution.builder().feature("search").customerId(customer).tag("plan", "gold").build();
    try (var scope = AttributionContext.with(who)) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).build();
      int status = CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 204) {
        throw new IOException(path + " was answered " + status);
      }
    }
  }
}
