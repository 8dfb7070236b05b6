import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.client.methods.AsyncByteConsumer;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.protocol.AbstractAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;

/** What Apache HttpAsyncClient 4 gives to a call that is not sent. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    Trio trio = Trio.of(arguments);
    CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();
    client.start();
    trio.call("async", base -> read(client.execute(chat(base, false), null).get()));
    trio.call("callback", base -> read(called(client, chat(base, false)).get()));
    trio.call(
        "stream",
        base ->
            client.execute(HttpAsyncMethods.create(chat(base, true)), new Pieces(), null).get());
    trio.call(
        "suspended",
        base ->
            client.execute(HttpAsyncMethods.create(chat(base, true)), new Suspended(), null).get());
    trio.call(
        "context",
        base -> {
          HttpClientContext context = HttpClientContext.create();
          client.execute(chat(base, false), context, null).get();
          return context.getTargetHost()
              + context.getRequest().getRequestLine().getMethod()
              + context.getResponse().getStatusLine();
        });
    trio.call("interceptors", Program::intercepted);
    CloseableHttpAsyncClient minimal = HttpAsyncClients.createMinimal();
    minimal.start();
    trio.call("minimal", base -> read(minimal.execute(chat(base, false), null).get()));
    System.out.println("done");
    System.exit(0);
  }

  /** Interceptors see the answer. */
  private static String intercepted(String base) throws Exception {
    List<String> seen = new ArrayList<>();
    CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .addInterceptorLast(
                (HttpResponse response, HttpContext context) ->
                    seen.add(response.getStatusLine() + "" + response.getEntity().isStreaming()))
            .build();
    client.start();
    return read(client.execute(chat(base, false), null).get()) + seen;
  }

  private static HttpPost chat(String base, boolean stream) {
    HttpPost post = new HttpPost(base + "/chat/completions");
    post.setHeader("Authorization", "Bearer sk-test");
    post.setEntity(new StringEntity(Trio.chat(stream), ContentType.APPLICATION_JSON));
    return post;
  }

  private static CompletableFuture<HttpResponse> called(
      CloseableHttpAsyncClient client, HttpPost post) {
    CompletableFuture<HttpResponse> later = new CompletableFuture<>();
    client.execute(
        post,
        new FutureCallback<HttpResponse>() {
          @Override
          public void completed(HttpResponse response) {
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
    for (Header header : response.getAllHeaders()) {
      headers.add(Map.entry(header.getName(), header.getValue()));
    }
    return Trio.head(response.getStatusLine().getStatusCode(), headers)
        + response.getStatusLine()
        + response.getEntity().getContentLength()
        + response.getEntity().getContentType();
  }

  private static String read(HttpResponse response) throws IOException {
    return head(response) + EntityUtils.toString(response.getEntity());
  }

  /** Takes pieces as they come. */
  private static final class Pieces extends AsyncByteConsumer<String> {
    private final StringBuilder seen = new StringBuilder();

    @Override
    protected void onResponseReceived(HttpResponse response) {
      seen.append(head(response));
    }

    @Override
    protected void onByteReceived(ByteBuffer bytes, IOControl control) {
      seen.append(StandardCharsets.UTF_8.decode(bytes));
    }

    @Override
    protected String buildResult(HttpContext context) {
      return seen.append("end").toString();
    }
  }

  /** Takes a byte, wants none for a while, and takes the rest. */
  private static final class Suspended extends AbstractAsyncResponseConsumer<String> {
    private final StringBuilder seen = new StringBuilder();
    private boolean waited;

    @Override
    protected void onResponseReceived(HttpResponse response) {
      seen.append(head(response));
    }

    @Override
    protected void onEntityEnclosed(org.apache.http.HttpEntity entity, ContentType type) {
      seen.append(type);
    }

    @Override
    protected void onContentReceived(ContentDecoder decoder, IOControl control) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(waited ? 1024 : 1);
      decoder.read(bytes);
      bytes.flip();
      seen.append(StandardCharsets.UTF_8.decode(bytes));
      if (!waited) {
        waited = true;
        control.suspendInput();
        new Thread(control::requestInput).start();
      }
    }

    @Override
    protected String buildResult(HttpContext context) {
      return seen.append("end").toString();
    }

    @Override
    protected void releaseResources() {}
  }
}
