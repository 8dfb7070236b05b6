import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;

/** What Apache HttpClient 5 gives to a call that is not sent. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    Trio trio = Trio.of(arguments);
    CloseableHttpClient client = HttpClients.custom().disableAutomaticRetries().build();
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
            return context.getHttpRoute()
                + context.getRequest().getMethod()
                + context.getResponse().getCode();
          }
        });
    trio.call("interceptors", Program::intercepted);
    trio.unread(
        "stream-of-bytes",
        base -> {
          HttpPost post = chat(base, false);
          byte[] body = Trio.chat(false).getBytes(StandardCharsets.UTF_8);
          post.setEntity(
              new InputStreamEntity(
                  new java.io.ByteArrayInputStream(body),
                  body.length,
                  ContentType.APPLICATION_JSON));
          return read(client, post);
        });
    // Its own strategy would wait until the budget begins anew; a server's 429 says the same, and
    // is waited for.
    trio.call(
        "retries",
        base -> read(HttpClients.createDefault(), chat(base, false)),
        base -> read(client, chat(base, false)));
    asynchronous(trio);
    System.out.println("done");
    System.exit(0);
  }

  private static void asynchronous(Trio trio) throws Exception {
    CloseableHttpAsyncClient client = HttpAsyncClients.custom().disableAutomaticRetries().build();
    client.start();
    trio.call("async", base -> read(execute(client, simple(base, false)).get()));
    trio.call("async-callback", base -> read(called(client, simple(base, false)).get()));
    trio.call(
        "async-stream",
        base ->
            client
                .execute(SimpleRequestProducer.create(simple(base, true)), new Pieces(), null)
                .get());
    trio.call(
        "async-text",
        base ->
            client
                .execute(
                    new BasicRequestProducer(
                        Method.POST,
                        java.net.URI.create(base + "/chat/completions"),
                        new StringAsyncEntityProducer(
                            Trio.chat(false), ContentType.APPLICATION_JSON)),
                    new Pieces(),
                    null)
                .get());
    CloseableHttpAsyncClient retrying = HttpAsyncClients.createDefault();
    retrying.start();
    trio.call(
        "async-retries",
        base -> read(execute(retrying, simple(base, false)).get()),
        base -> read(execute(client, simple(base, false)).get()));
    CloseableHttpAsyncClient minimal = HttpAsyncClients.createMinimal();
    minimal.start();
    trio.call("async-minimal", base -> read(execute(minimal, simple(base, false)).get()));
    // http2:
    CloseableHttpAsyncClient http2 = HttpAsyncClients.createHttp2Default();
    http2.start();
    trio.http2("http2-only", base -> read(execute(http2, simple(base, false)).get()));
    CloseableHttpAsyncClient small = HttpAsyncClients.createHttp2Minimal();
    small.start();
    trio.http2("http2-minimal", base -> read(execute(small, simple(base, false)).get()));
    // end
  }

  /** Interceptors see the answer. */
  private static String intercepted(String base) throws IOException, ParseException {
    List<String> seen = new ArrayList<>();
    CloseableHttpClient client =
        HttpClients.custom()
            .disableAutomaticRetries()
            .addResponseInterceptorLast(
                (response, entity, context) ->
                    seen.add(response.getCode() + "" + entity.getContentLength()))
            .build();
    return read(client, chat(base, false)) + seen;
  }

  private static HttpPost chat(String base, boolean stream) {
    HttpPost post = new HttpPost(base + "/chat/completions");
    post.setHeader("Authorization", "Bearer sk-test");
    post.setEntity(
        stream
            ? new ByteArrayEntity(
                Trio.chat(true).getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON)
            : new StringEntity(Trio.chat(false), ContentType.APPLICATION_JSON));
    return post;
  }

  private static SimpleHttpRequest simple(String base, boolean stream) {
    SimpleHttpRequest request =
        new SimpleHttpRequest("POST", java.net.URI.create(base + "/chat/completions"));
    request.setHeader("Authorization", "Bearer sk-test");
    request.setBody(Trio.chat(stream), ContentType.APPLICATION_JSON);
    return request;
  }

  private static Future<SimpleHttpResponse> execute(
      CloseableHttpAsyncClient client, SimpleHttpRequest request) {
    return client.execute(
        SimpleRequestProducer.create(request), SimpleResponseConsumer.create(), null);
  }

  private static CompletableFuture<SimpleHttpResponse> called(
      CloseableHttpAsyncClient client, SimpleHttpRequest request) {
    CompletableFuture<SimpleHttpResponse> later = new CompletableFuture<>();
    client.execute(
        SimpleRequestProducer.create(request),
        SimpleResponseConsumer.create(),
        new FutureCallback<SimpleHttpResponse>() {
          @Override
          public void completed(SimpleHttpResponse response) {
            later.complete(response);
          }

          @Override
          public void failed(Exception failure) {
            later.completeExceptionally(failure);
          }

          @Override
          public void cancelled() {
            later.cancel(false);
          }
        });
    return later;
  }

  private static String head(HttpResponse response) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (Header header : response.getHeaders()) {
      headers.add(Map.entry(header.getName(), header.getValue()));
    }
    return Trio.head(response.getCode(), headers) + response.getReasonPhrase();
  }

  private static String read(CloseableHttpClient client, HttpPost post)
      throws IOException, ParseException {
    try (CloseableHttpResponse response = client.execute(post, HttpClientContext.create())) {
      return head(response)
          + response.getVersion()
          + response.getEntity().getContentLength()
          + response.getEntity().getContentType()
          + response.getEntity().isStreaming()
          + response.getEntity().isRepeatable()
          + response.getEntity().isChunked()
          + EntityUtils.toString(response.getEntity());
    }
  }

  private static String read(SimpleHttpResponse response) {
    return head(response) + response.getContentType() + response.getBodyText();
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

  /** Takes pieces as they come. */
  private static final class Pieces extends AbstractBinResponseConsumer<String> {
    private final StringBuilder seen = new StringBuilder();

    @Override
    protected void start(HttpResponse response, ContentType type) {
      seen.append(head(response)).append(type);
    }

    @Override
    protected String buildResult() {
      return seen.append("end").toString();
    }

    @Override
    protected int capacityIncrement() {
      return 16;
    }

    @Override
    protected void data(ByteBuffer piece, boolean end) {
      seen.append(StandardCharsets.UTF_8.decode(piece));
    }

    @Override
    public void informationResponse(
        HttpResponse response, org.apache.hc.core5.http.protocol.HttpContext context) {}

    @Override
    public void releaseResources() {}
  }
}
