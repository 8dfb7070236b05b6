import io.costattr.api.AttributionContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What Vert.x gives to a call that is not sent. */
public class Program {
  private static final Vertx VERTX = Vertx.vertx();

  public static void main(String[] arguments) throws Exception {
    Trio trio = Trio.of(arguments);
    HttpClient client = VERTX.createHttpClient(new HttpClientOptions());
    trio.call("future", base -> get(() -> whole(client, base, Trio.chat(false))));
    trio.unread("parts", base -> get(() -> parts(client, base)));
    trio.call("stream", base -> get(() -> streamed(client, base)));
    trio.call("again-on-the-connection", base -> many(client, base, 3));
    WebClient web = WebClient.wrap(client);
    trio.call(
        "web-client",
        base ->
            get(
                () ->
                    web.postAbs(base + "/chat/completions")
                        .putHeader("Authorization", "Bearer sk-test")
                        .sendBuffer(Buffer.buffer(Trio.chat(false)))
                        .map(Program::read)));
    HttpClient second =
        VERTX.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(true)
                .setSsl(true)
                .setTrustAll(true)
                .setHttp2MultiplexingLimit(2));
    trio.http2("http2", base -> get(() -> whole(second, base, Trio.chat(false))));
    trio.http2Unread("http2-parts", base -> get(() -> parts(second, base)));
    trio.http2("http2-stream", base -> get(() -> streamed(second, base)));
    trio.http2("http2-many", base -> many(second, base, 10));
    System.out.println("done");
    System.exit(0);
  }

  /** Nothing is left behind that later calls would wait for. */
  private static String many(HttpClient client, String base, int times) throws Exception {
    String last = "";
    for (int i = 0; i < times; i++) {
      last = get(() -> whole(client, base, Trio.chat(false)));
    }
    return last;
  }

  private static RequestOptions chat(String base) {
    URI uri = URI.create(base + "/chat/completions");
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(uri.getHost())
        .setPort(uri.getPort())
        .setSsl(uri.getScheme().equals("https"))
        .setURI(uri.getRawPath())
        .putHeader("Authorization", "Bearer sk-test");
  }

  private static Future<String> whole(HttpClient client, String base, String body) {
    return client
        .request(chat(base))
        .compose(request -> request.send(Buffer.buffer(body)))
        .compose(response -> response.body().map(text -> head(response) + text));
  }

  /** The body goes out in pieces. */
  private static Future<String> parts(HttpClient client, String base) {
    return client
        .request(chat(base))
        .compose(
            request -> {
              request.setChunked(true);
              Future<HttpClientResponse> response = request.response();
              for (String part : Trio.chat(false).split("(?<=,)")) {
                request.write(part);
              }
              request.end();
              return response;
            })
        .compose(response -> response.body().map(text -> head(response) + text));
  }

  /** The answer is taken in pieces, after a pause. */
  private static Future<String> streamed(HttpClient client, String base) {
    io.vertx.core.Promise<String> promise = io.vertx.core.Promise.promise();
    client
        .request(chat(base))
        .compose((HttpClientRequest request) -> request.send(Trio.chat(true)))
        .map(
            response -> {
              response.pause();
              StringBuilder seen = new StringBuilder(head(response));
              response.handler(seen::append);
              response.exceptionHandler(promise::tryFail);
              response.endHandler(end -> promise.tryComplete(seen.append("end").toString()));
              VERTX.setTimer(
                  20,
                  timer -> {
                    seen.append("paused ");
                    response.fetch(1);
                    VERTX.setTimer(20, later -> response.resume());
                  });
              return response;
            })
        .onComplete(
            asked -> {
              if (asked.failed()) {
                promise.tryFail(asked.cause());
              }
            });
    return promise.future();
  }

  private static String head(HttpClientResponse response) {
    response.headers().remove("x-http2-stream-id");
    return Trio.head(response.statusCode(), response.headers().entries())
        + response.statusMessage()
        + response.version()
        + response.request().getURI()
        + response.request().getMethod();
  }

  private static String read(HttpResponse<Buffer> response) {
    return Trio.head(response.statusCode(), response.headers().entries())
        + response.statusMessage()
        + response.version()
        + response.bodyAsString();
  }

  /** Asks in a context of the library's, where nothing can come before it is waited for. */
  private static String get(Supplier<Future<String>> asking) throws Exception {
    CompletableFuture<String> later = new CompletableFuture<>();
    Runnable task =
        () -> {
          try {
            asking
                .get()
                .onComplete(
                    done -> {
                      if (done.succeeded()) {
                        later.complete(done.result());
                      } else {
                        later.completeExceptionally(done.cause());
                      }
                    });
          } catch (RuntimeException thrown) {
            later.completeExceptionally(thrown);
          }
        };
    Runnable attributed = AttributionContext.wrap(task);
    VERTX.getOrCreateContext().runOnContext(now -> attributed.run());
    return later.get(20, java.util.concurrent.TimeUnit.SECONDS);
  }
}
