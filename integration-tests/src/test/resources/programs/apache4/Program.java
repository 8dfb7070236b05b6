import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Calls with the API that every Apache HttpClient 4 has; a customer for each kind of call. */
public class Program {
  // That of the system's trusts the certificate of the test.
  private static final CloseableHttpClient CLIENT = HttpClients.createSystem();

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
      // The lowest version sends the address as it is given.
      URI address = URI.create(base);
      HttpHost host = new HttpHost(address.getHost(), address.getPort(), address.getScheme());
      read(minimal.execute(host, chat(address.getPath(), false)));
      minimal.close();
    }
    CLIENT.close();
    System.out.println("done");
  }

  private static HttpPost chat(String base, boolean stream) {
    HttpPost request = new HttpPost(base + "/chat/completions?api-version=1");
    request.setHeader("Authorization", "Bearer sk-test");
    String question =
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello"
            + " there\"}]"
            + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
    request.setEntity(new StringEntity(question, ContentType.APPLICATION_JSON));
    return request;
  }

  private static void read(CloseableHttpResponse response) throws Exception {
    String text = EntityUtils.toString(response.getEntity());
    response.close();
    if (!text.contains("gpt-4o-mini")) {
      throw new AssertionError(text);
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
