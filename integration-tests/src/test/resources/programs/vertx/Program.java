import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.concurrent.TimeUnit;

/** Calls with the API that Vert.x 4 and 5 have; a customer for each kind of call. */
public class Program {
  /** On a busy machine loading classes alone blocks an event loop for longer than it allows. */
  private static final Vertx VERTX =
      Vertx.vertx(new VertxOptions().setBlockedThreadCheckInterval(3_600_000));

  public static void main(String[] arguments) throws Exception {
    try {
      run(arguments);
    } finally {
      result(VERTX.close());
    }
    System.out.println("done");
  }

  private static void run(String[] arguments) throws Exception {
    String base = arguments[0];
    HttpClient client =
        VERTX.createHttpClient(new HttpClientOptions().setDecompressionSupported(true));
    String answer;
    try (Scope scope = customer("future")) {
      answer = result(sent(client.request(chat(base)), false));
      check(answer);
    }
    try (Scope scope = customer("parts")) {
      check(
          result(
              client
                  .request(HttpMethod.POST, port(base), "127.0.0.1", path(base))
                  .compose(Program::parts)));
    }
    Promise<HttpClientRequest> asked = Promise.promise();
    Future<String> called = sent(asked.future(), false);
    try (Scope scope = customer("callback")) {
      client.request(chat(base), asked);
    }
    check(result(called));
    try (Scope scope = customer("gzip")) {
      check(result(sent(client.request(chat(base).putHeader("x-loopback-coding", "gzip")), false)));
    }
    try (Scope scope = customer("stream")) {
      check(
          result(
              client
                  .request(chat(base))
                  .compose(request -> request.send(question(true)).compose(Program::untilDone))));
    }
    HttpClient secure =
        VERTX.createHttpClient(
            new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
    try (Scope scope = customer("tls")) {
      check(result(sent(secure.request(chat(arguments[1])), false)));
    }
    Future<HttpResponse<Buffer>> response;
    try (Scope scope = customer("web-client")) {
      response =
          WebClient.create(VERTX)
              .postAbs(base + "/chat/completions")
              .putHeader("Authorization", "Bearer sk-test")
              .sendBuffer(Buffer.buffer(question(false)));
    }
    check(result(response).bodyAsString());
    http2(answer);
  }

  private static void http2(String answer) throws Exception {
    HttpServer server =
        result(
            VERTX
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .body()
                            .onSuccess(
                                body ->
                                    request
                                        .response()
                                        .putHeader("content-type", "application/json")
                                        .end(answer)))
                .listen(0));
    HttpClient client =
        VERTX.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    String base = "http://127.0.0.1:" + server.actualPort() + "/v1";
    try (Scope scope = customer("http2")) {
      check(result(sent(client.request(chat(base)), false)));
    }
    try (Scope scope = customer("http2-parts")) {
      check(result(client.request(chat(base)).compose(Program::parts)));
    }
  }

  private static RequestOptions chat(String base) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setAbsoluteURI(base + "/chat/completions?api-version=1")
        .putHeader("Authorization", "Bearer sk-test");
  }

  private static int port(String base) {
    return java.net.URI.create(base).getPort();
  }

  private static String path(String base) {
    return java.net.URI.create(base).getPath() + "/chat/completions";
  }

  private static Future<String> sent(Future<HttpClientRequest> request, boolean stream) {
    return request.compose(
        ready ->
            ready.send(question(stream)).compose(HttpClientResponse::body).map(Buffer::toString));
  }

  private static Future<String> parts(HttpClientRequest request) {
    request.setChunked(true).putHeader("Authorization", "Bearer sk-test");
    for (String part : question(false).split("(?<=,)")) {
      request.write(part);
    }
    Future<String> body =
        request.response().compose(HttpClientResponse::body).map(Buffer::toString);
    request.end();
    return body;
  }

  /** To be composed where the request is sent: from another thread it may come after the answer. */
  private static Future<String> untilDone(HttpClientResponse response) {
    Promise<String> done = Promise.promise();
    Buffer all = Buffer.buffer();
    response.handler(
        part -> {
          all.appendBuffer(part);
          if (all.toString().contains("data: [DONE]")) {
            done.tryComplete(all.toString());
          }
        });
    response.exceptionHandler(done::tryFail);
    return done.future();
  }

  private static String question(boolean stream) {
    return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello"
        + " there\"}]"
        + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
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
