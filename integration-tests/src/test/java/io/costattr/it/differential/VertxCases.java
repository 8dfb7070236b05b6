package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Vert.x's HTTP client 5 as applications use it: with futures, with handlers, with demand. */
final class VertxCases {
  static final Script ANSWER = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);

  private VertxCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(shaped("whole", shape, true, VertxCases::whole));
      all.add(shaped("as-it-comes", shape, false, VertxCases::whole));
      all.add(shaped("handlers", shape, true, VertxCases::handlers));
      all.add(shaped("one-at-a-time", shape, true, VertxCases::oneAtATime));
    }
    all.addAll(VertxRequests.cases());
    all.addAll(VertxEndings.cases());
    all.addAll(VertxHttp2.cases());
    return all;
  }

  /** What the application does with a client. */
  interface Using {
    void run(Vertx vertx, HttpClient client) throws Exception;
  }

  /** What the application does with the answer as soon as it begins, where that is told. */
  interface Reading {
    Future<?> read(World world, HttpClientResponse response);
  }

  private static Case shaped(String name, Shape shape, boolean decompress, Reading reading) {
    return new Case(
        name + "/" + shape.name(),
        shape.script(),
        w ->
            using(
                new HttpClientOptions().setDecompressionSupported(decompress),
                (vertx, client) ->
                    result(w, sent(w, client, w.url(shape.path()), shape.question(), reading))),
        shape.ledger());
  }

  static void using(HttpClientOptions options, Using program) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      program.run(vertx, vertx.createHttpClient(options));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  static void asked(World world, Reading reading) throws Exception {
    using(
        new HttpClientOptions(),
        (vertx, client) ->
            result(world, sent(world, client, world.url(CHAT_PATH), QUESTION, reading)));
  }

  static Future<HttpClientRequest> request(HttpClient client, String url) {
    return client
        .request(new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url))
        .map(
            request ->
                request
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Authorization", "Bearer secret"));
  }

  static Future<?> sent(
      World world, HttpClient client, String url, String question, Reading reading) {
    return read(
        world, request(client, url), request -> request.send(Buffer.buffer(question)), reading);
  }

  /** Sends the request where it is handed over, so that no piece comes before its reader. */
  static Future<?> read(
      World world,
      Future<HttpClientRequest> ready,
      Function<HttpClientRequest, Future<HttpClientResponse>> sending,
      Reading reading) {
    return ready.compose(
        request ->
            sending.apply(request).compose(response -> reading.read(world, response).mapEmpty()));
  }

  static Future<?> whole(World world, HttpClientResponse response) {
    head(world, response);
    return response
        .body()
        .onSuccess(
            bytes -> {
              world.seen.body("body", bytes.getBytes());
              world.seen.say("trailers", response.trailers().entries());
            });
  }

  static Future<?> handlers(World world, HttpClientResponse response) {
    return new VertxReader(world).read(response);
  }

  static Future<?> oneAtATime(World world, HttpClientResponse response) {
    return new VertxReader(world).readOneAtATime(response);
  }

  static <T> T result(World world, Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      world.seen.kind("future", e.getCause());
      return null;
    }
  }

  static void head(World world, HttpClientResponse response) {
    world.seen.say("status", response.version() + " " + response.statusCode());
    world.seen.say("message", response.statusMessage());
    for (Map.Entry<String, String> header : response.headers()) {
      world.seen.say("  header", header.getKey() + ": " + header.getValue());
    }
    world.seen.say("cookies", response.cookies());
  }
}
