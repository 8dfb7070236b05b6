import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Calls with the API that every Apache HttpClient 5 has; a customer for each kind of call. */
public class Program {
  private static final CloseableHttpClient CLIENT = HttpClients.createDefault();
  private static final CloseableHttpAsyncClient ASYNC = HttpAsyncClients.createDefault();

  public static void main(String[] arguments) throws Exception {
    String base = arguments[0];
    try (Scope scope = customer("sync")) {
      read(CLIENT.execute(chat(base, false)));
    }
    try (Scope scope = customer("tls")) {
      read(CLIENT.execute(chat(arguments[1], false)));
    }
    try (Scope scope = customer("gzip")) {
      HttpPost request = chat(base, false);
      request.setHeader("x-loopback-coding", "gzip");
      read(CLIENT.execute(request));
    }
    try (Scope scope = customer("stream")) {
      CloseableHttpResponse response = CLIENT.execute(chat(base, true));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(response.getEntity().getContent(), StandardCharsets.UTF_8));
      for (String line = ""; !line.equals("data: [DONE]"); ) {
        line = lines.readLine();
      }
      response.close();
    }
    try (Scope scope = customer("minimal")) {
      CloseableHttpClient minimal = HttpClients.createMinimal();
      read(minimal.execute(chat(base, false), HttpClientContext.create()));
      minimal.close();
    }
    ASYNC.start();
    Future<SimpleHttpResponse> later;
    try (Scope scope = customer("async")) {
      later = ASYNC.execute(simple(base, false), null);
    }
    check(later.get().getBodyText());
    try (Scope scope = customer("async-tls")) {
      later = ASYNC.execute(simple(arguments[1], false), null);
    }
    check(later.get().getBodyText());
    try (Scope scope = customer("async-stream")) {
      later = ASYNC.execute(simple(base, true), null);
    }
    check(later.get().getBodyText());
    // http2:
    http2("http2", ASYNC, arguments[3]);
    CloseableHttpAsyncClient http2 = HttpAsyncClients.createHttp2Default();
    http2.start();
    http2("http2-only", http2, arguments[3]);
    http2.close();
    CloseableHttpAsyncClient bare = HttpAsyncClients.createHttp2Minimal();
    bare.start();
    http2("http2-minimal", bare, arguments[3]);
    bare.close();
    // end
    MinimalHttpAsyncClient minimal = HttpAsyncClients.createMinimal();
    minimal.start();
    try (Scope scope = customer("async-minimal")) {
      later = minimal.execute(simple(base, false), null);
    }
    check(later.get().getBodyText());
    minimal.close();
    ASYNC.close();
    CLIENT.close();
    System.out.println("done");
  }

  private static void http2(String customer, CloseableHttpAsyncClient client, String base)
      throws Exception {
    Future<SimpleHttpResponse> later;
    try (Scope scope = customer(customer)) {
      later = client.execute(simple(base, false), null);
    }
    check(later.get().getBodyText());
    try (Scope scope = customer(customer + "-stream")) {
      later = client.execute(simple(base, true), null);
    }
    check(later.get().getBodyText());
  }

  private static String question(boolean stream) {
    return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello"
        + " there\"}]"
        + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
  }

  private static HttpPost chat(String base, boolean stream) {
    HttpPost request = new HttpPost(base + "/chat/completions?api-version=1");
    request.setHeader("Authorization", "Bearer sk-test");
    request.setEntity(new StringEntity(question(stream), ContentType.APPLICATION_JSON));
    return request;
  }

  private static SimpleHttpRequest simple(String base, boolean stream) {
    SimpleHttpRequest request =
        new SimpleHttpRequest("POST", URI.create(base + "/chat/completions"));
    request.setHeader("Authorization", "Bearer sk-test");
    request.setBody(question(stream), ContentType.APPLICATION_JSON);
    return request;
  }

  private static void read(CloseableHttpResponse response) throws Exception {
    check(EntityUtils.toString(response.getEntity()));
    response.close();
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
