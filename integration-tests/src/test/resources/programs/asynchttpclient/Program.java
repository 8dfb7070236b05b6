import static org.asynchttpclient.Dsl.asyncHttpClient;
import static org.asynchttpclient.Dsl.config;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.asynchttpclient.AsyncCompletionHandlerBase;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.HttpResponseBodyPart;

/** Calls through async-http-client; a customer for each kind of call. */
public class Program {
  /**
   * Never stopped: a client that closes a timer of its own while that looks for idle connections
   * has it warn that it cannot be started again.
   */
  private static final HashedWheelTimer TIMER =
      new HashedWheelTimer(new DefaultThreadFactory("timer", true));

  public static void main(String[] arguments) throws Exception {
    String base = arguments[0];
    try (AsyncHttpClient client =
        asyncHttpClient(config().setNettyTimer(TIMER).setCompressionEnforced(true))) {
      try (Scope scope = customer("future")) {
        check(body(chat(client, base).setBody(question(false))));
      }
      CompletableFuture<String> called;
      try (Scope scope = customer("completable")) {
        called =
            chat(client, base)
                .setBody(question(false).getBytes(StandardCharsets.UTF_8))
                .execute()
                .toCompletableFuture()
                .thenApply(response -> response.getResponseBody());
      }
      check(called.get(30, TimeUnit.SECONDS));
      try (Scope scope = customer("streamed-request")) {
        byte[] question = question(false).getBytes(StandardCharsets.UTF_8);
        check(body(chat(client, base).setBody(new ByteArrayInputStream(question))));
      }
      try (Scope scope = customer("gzip")) {
        check(
            body(
                chat(client, base)
                    .setHeader("x-loopback-coding", "gzip")
                    .setBody(question(false))));
      }
      try (Scope scope = customer("stream")) {
        check(body(chat(client, base).setBody(question(true))));
      }
      try (Scope scope = customer("stream-until-done")) {
        UntilDone reader = new UntilDone();
        chat(client, base).setBody(question(true)).execute(reader);
        check(reader.done.get(30, TimeUnit.SECONDS));
      }
    }
    try (AsyncHttpClient secure =
        asyncHttpClient(
            config()
                .setNettyTimer(TIMER)
                .setSslContext(
                    SslContextBuilder.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build()))) {
      try (Scope scope = customer("tls")) {
        check(body(chat(secure, arguments[1]).setBody(question(false))));
      }
    }
    // http2:
    // It negotiates by itself, in a context for TLS that is its own.
    try (AsyncHttpClient negotiating =
        asyncHttpClient(
            config()
                .setNettyTimer(TIMER)
                .setUseInsecureTrustManager(true)
                .setDisableHttpsEndpointIdentificationAlgorithm(true))) {
      try (Scope scope = customer("http2")) {
        check(body(chat(negotiating, arguments[3]).setBody(question(false))));
      }
      try (Scope scope = customer("http2-stream")) {
        check(body(chat(negotiating, arguments[3]).setBody(question(true))));
      }
    }
    // end
    System.out.println("done");
  }

  /** Wants no more of the response when it has said that it is done. */
  private static final class UntilDone extends AsyncCompletionHandlerBase {
    final CompletableFuture<String> done = new CompletableFuture<>();
    private final StringBuilder all = new StringBuilder();

    @Override
    public AsyncHandler.State onBodyPartReceived(HttpResponseBodyPart part) {
      all.append(new String(part.getBodyPartBytes(), StandardCharsets.UTF_8));
      if (all.indexOf("data: [DONE]") < 0) {
        return AsyncHandler.State.CONTINUE;
      }
      done.complete(all.toString());
      return AsyncHandler.State.ABORT;
    }

    @Override
    public void onThrowable(Throwable failure) {
      done.completeExceptionally(failure);
    }
  }

  private static BoundRequestBuilder chat(AsyncHttpClient client, String base) {
    return client
        .preparePost(base + "/chat/completions?api-version=1")
        .setHeader("Content-Type", "application/json")
        .setHeader("Authorization", "Bearer sk-test");
  }

  private static String body(BoundRequestBuilder request) throws Exception {
    return request.execute().get(30, TimeUnit.SECONDS).getResponseBody();
  }

  private static String question(boolean stream) {
    return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello"
        + " there\"}]"
        + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
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
