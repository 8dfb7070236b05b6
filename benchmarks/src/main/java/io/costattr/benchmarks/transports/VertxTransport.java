package io.costattr.benchmarks.transports;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Vert.x's client 5, used on a context of its own: elsewhere an answer may end unheard. */
final class VertxTransport implements Transport {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final HttpClient client = vertx.createHttpClient();

  @Override
  public long post(String url, String body) throws ExecutionException, InterruptedException {
    long start = System.nanoTime();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url)
            .putHeader("Content-Type", "application/json");
    CompletableFuture<Long> first = new CompletableFuture<>();
    context.runOnContext(
        now ->
            client
                .request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response -> read(response, start))
                .onSuccess(first::complete)
                .onFailure(first::completeExceptionally));
    return first.get();
  }

  /** Drops a body as it comes. */
  private static Future<Long> read(HttpClientResponse response, long start) {
    long[] first = new long[1];
    response.handler(
        bytes -> {
          if (first[0] == 0) {
            first[0] = System.nanoTime() - start;
          }
        });
    return response.end().map(end -> first[0]);
  }
}
