import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.apache.http.client.ServiceUnavailableRetryStrategy;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;

/** What Apache HttpClient 4 gives to a call that is not sent. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    Trio trio = Trio.of(arguments);
    CloseableHttpClient client = HttpClients.createDefault();
    trio.call("sync", base -> read(client, chat(base, false)));
    trio.call("stream", base -> lines(client, chat(base, true)));
    trio.call("minimal", base -> read(HttpClients.createMinimal(), chat(base, false)));
    trio.call(
        "handler",
        base ->
            client.execute(
                chat(base, false),
                response -> head(response) + EntityUtils.toString(response.getEntity())));
    trio.call(
        "context",
        base -> {
          HttpClientContext context = HttpClientContext.create();
          try (CloseableHttpResponse response = client.execute(chat(base, false), context)) {
            EntityUtils.consume(response.getEntity());
            return context.getTargetHost()
                + context.getRequest().getRequestLine().getMethod()
                + context.getResponse().getStatusLine()
                + context.getHttpRoute();
          }
        });
    trio.call("interceptors", Program::intercepted);
    trio.call("tried-again", Program::triedAgain);
    trio.unread(
        "stream-of-bytes",
        base -> {
          HttpPost post = chat(base, false);
          byte[] body = Trio.chat(false).getBytes(StandardCharsets.UTF_8);
          post.setEntity(
              new InputStreamEntity(new java.io.ByteArrayInputStream(body), body.length));
          return read(client, post);
        });
    System.out.println("done");
    System.exit(0);
  }

  /** Interceptors see the answer. */
  private static String intercepted(String base) throws IOException {
    List<String> seen = new ArrayList<>();
    CloseableHttpClient client =
        HttpClients.custom()
            .addInterceptorLast(
                (HttpResponse response, HttpContext context) ->
                    seen.add(response.getStatusLine() + "" + response.getEntity().isStreaming()))
            .build();
    return read(client, chat(base, false)) + seen;
  }

  /** An application's own strategy may take it for a reason to try again. */
  private static String triedAgain(String base) throws IOException {
    List<String> seen = new ArrayList<>();
    CloseableHttpClient client =
        HttpClients.custom()
            .setServiceUnavailableRetryStrategy(
                new ServiceUnavailableRetryStrategy() {
                  @Override
                  public boolean retryRequest(HttpResponse response, int count, HttpContext ctx) {
                    seen.add(count + " " + response.getStatusLine());
                    return count < 3;
                  }

                  @Override
                  public long getRetryInterval() {
                    return 1;
                  }
                })
            .build();
    return read(client, chat(base, false)) + seen;
  }

  private static HttpPost chat(String base, boolean stream) {
    HttpPost post = new HttpPost(base + "/chat/completions");
    post.setHeader("Authorization", "Bearer sk-test");
    post.setEntity(
        stream
            ? new ByteArrayEntity(Trio.chat(true).getBytes(StandardCharsets.UTF_8))
            : new StringEntity(Trio.chat(false), ContentType.APPLICATION_JSON));
    return post;
  }

  private static String head(HttpResponse response) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (Header header : response.getAllHeaders()) {
      headers.add(Map.entry(header.getName(), header.getValue()));
    }
    return Trio.head(response.getStatusLine().getStatusCode(), headers)
        + response.getStatusLine()
        + response.getEntity().getContentLength()
        + response.getEntity().getContentType()
        + response.getEntity().isStreaming()
        + response.getEntity().isRepeatable()
        + response.getEntity().isChunked()
        + response.getEntity().getContentEncoding();
  }

  private static String read(CloseableHttpClient client, HttpPost post) throws IOException {
    try (CloseableHttpResponse response = client.execute(post)) {
      return head(response) + EntityUtils.toString(response.getEntity());
    }
  }

  private static String lines(CloseableHttpClient client, HttpPost post) throws IOException {
    try (CloseableHttpResponse response = client.execute(post);
        InputStream in = response.getEntity().getContent()) {
      StringBuilder seen = new StringBuilder(head(response));
      for (int b = in.read(); b >= 0; b = in.read()) {
        seen.append((char) b);
      }
      return seen.append(in.read()).toString();
    }
  }
}
