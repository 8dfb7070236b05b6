import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.net.URI;
import java.nio.CharBuffer;
import java.util.concurrent.Future;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.client.methods.AsyncCharConsumer;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;

/** Calls with the API that every Apache HttpAsyncClient 4 has; a customer for each kind of call. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    String base = arguments[0];
    // Versions older than TLS 1.3 wait for ever with it now and then.
    System.setProperty("https.protocols", "TLSv1.2");
    // That of the system's trusts the certificate of the test.
    CloseableHttpAsyncClient client = HttpAsyncClients.createSystem();
    client.start();
    try (Scope scope = customer("async")) {
      read(client.execute(chat(base, false), null));
    }
    try (Scope scope = customer("async-tls")) {
      read(client.execute(chat(arguments[1], false), null));
    }
    try (Scope scope = customer("async-stream")) {
      Future<String> text =
          client.execute(HttpAsyncMethods.create(chat(base, true)), new Text(), null);
      check(text.get());
    }
    client.close();
    CloseableHttpAsyncClient minimal = HttpAsyncClients.createMinimal();
    minimal.start();
    try (Scope scope = customer("async-minimal")) {
      // The lowest version sends the address as it is given.
      URI address = URI.create(base);
      HttpHost host = new HttpHost(address.getHost(), address.getPort(), address.getScheme());
      read(minimal.execute(host, chat(address.getPath(), false), null));
    }
    minimal.close();
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

  private static void read(Future<HttpResponse> response) throws Exception {
    check(EntityUtils.toString(response.get().getEntity()));
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

  private static final class Text extends AsyncCharConsumer<String> {
    private final StringBuilder text = new StringBuilder();

    @Override
    protected void onResponseReceived(HttpResponse response) {}

    @Override
    protected void onCharReceived(CharBuffer some, IOControl control) {
      text.append(some);
    }

    @Override
    protected String buildResult(HttpContext context) {
      return text.toString();
    }
  }
}
