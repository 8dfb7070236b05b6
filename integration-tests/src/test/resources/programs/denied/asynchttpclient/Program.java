import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.DefaultAsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.Response;
import org.asynchttpclient.filter.FilterContext;
import org.asynchttpclient.filter.ResponseFilter;

/** What async-http-client gives to a call that is not sent. */
public class Program {
  private static final StringBuffer FILTERED = new StringBuffer();

  public static void main(String[] arguments) throws Exception {
    Trio trio = Trio.of(arguments);
    AsyncHttpClient client =
        new DefaultAsyncHttpClient(
            new DefaultAsyncHttpClientConfig.Builder()
                .setSslContext(
                    SslContextBuilder.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build())
                .addResponseFilter(
                    new ResponseFilter() {
                      @Override
                      public <T> FilterContext<T> filter(FilterContext<T> context) {
                        FILTERED.append(context.getResponseStatus().getStatusCode());
                        return context;
                      }
                    })
                .build());
    trio.call("future", base -> read(chat(client, base, false).execute().get()));
    trio.call(
        "completable",
        base -> read(chat(client, base, false).execute().toCompletableFuture().get()));
    trio.call("stream", base -> chat(client, base, true).execute(new Parts()).get());
    trio.call(
        "completed",
        base -> {
          CompletableFuture<String> later = new CompletableFuture<>();
          chat(client, base, false)
              .execute(
                  new AsyncCompletionHandler<Void>() {
                    @Override
                    public Void onCompleted(Response response) {
                      later.complete(read(response));
                      return null;
                    }

                    @Override
                    public void onThrowable(Throwable thrown) {
                      later.completeExceptionally(thrown);
                    }
                  });
          return later.get();
        });
    trio.unread(
        "stream-of-bytes",
        base ->
            read(
                chat(client, base, false)
                    .setBody(
                        new ByteArrayInputStream(Trio.chat(false).getBytes(StandardCharsets.UTF_8)))
                    .execute()
                    .get()));
    trio.call(
        "again-on-the-connection",
        base ->
            read(chat(client, base, false).execute().get())
                + read(chat(client, base, false).execute().get()));
    trio.http2("http2", base -> read(chat(client, base, false).execute().get()));
    trio.http2(
        "http2-many",
        base -> {
          String last = "";
          for (int i = 0; i < 150; i++) {
            last = read(chat(client, base, false).execute().get());
            FILTERED.setLength(0);
          }
          return last;
        });
    System.out.println("done");
    System.exit(0);
  }

  private static BoundRequestBuilder chat(AsyncHttpClient client, String base, boolean stream) {
    return client
        .preparePost(base + "/chat/completions")
        .setHeader("Authorization", "Bearer sk-test")
        .setBody(Trio.chat(stream));
  }

  private static String head(int status, HttpHeaders headers) {
    headers.remove("x-http2-stream-id");
    return Trio.head(status, headers.entries());
  }

  private static String read(Response response) {
    String filtered = FILTERED.toString();
    FILTERED.setLength(0);
    return head(response.getStatusCode(), response.getHeaders())
        + response.getStatusText()
        + response.getUri().toUrl()
        + response.hasResponseBody()
        + response.getContentType()
        + response.getResponseBody()
        + " filtered "
        + filtered;
  }

  /** Takes parts as they come. */
  private static final class Parts implements AsyncHandler<String> {
    private final StringBuilder seen = new StringBuilder();

    @Override
    public State onStatusReceived(HttpResponseStatus status) {
      seen.append(status.getStatusCode()).append(status.getStatusText());
      return State.CONTINUE;
    }

    @Override
    public State onHeadersReceived(HttpHeaders headers) {
      seen.append(head(0, headers));
      return State.CONTINUE;
    }

    @Override
    public State onBodyPartReceived(HttpResponseBodyPart part) {
      seen.append(new String(part.getBodyPartBytes(), StandardCharsets.UTF_8));
      return State.CONTINUE;
    }

    @Override
    public void onThrowable(Throwable thrown) {
      seen.append(thrown);
    }

    @Override
    public String onCompleted() {
      FILTERED.setLength(0);
      return seen.append("end").toString();
    }
  }
}
