package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static org.asynchttpclient.Dsl.asyncHttpClient;
import static org.asynchttpclient.Dsl.config;

import io.costattr.it.differential.Case.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.Response;

/** async-http-client 3 as applications use it: with futures and with handlers. */
final class AsyncHttpClientCases {
  static final Script ANSWER = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);

  private AsyncHttpClientCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(shaped("whole", shape, once(), AsyncHttpClientCases::whole));
      all.add(shaped("handler", shape, once(), AsyncHttpClientCases::handler));
      all.add(
          shaped(
              "as-it-comes",
              shape,
              once().setEnableAutomaticDecompression(false),
              AsyncHttpClientCases::handler));
      all.add(
          shaped(
              "kept-encoding",
              shape,
              once().setKeepEncodingHeader(true),
              AsyncHttpClientCases::whole));
    }
    all.addAll(AsyncHttpClientRequests.cases());
    all.addAll(AsyncHttpClientEndings.cases());
    all.addAll(AsyncHttpClientHttp2.cases());
    return all;
  }

  /** What the application does with a client. */
  interface Using {
    void run(AsyncHttpClient client) throws Exception;
  }

  /** What the application does with a request that has not been sent. */
  interface Sending {
    void run(World world, BoundRequestBuilder request) throws Exception;
  }

  private static Case shaped(
      String name, Shape shape, DefaultAsyncHttpClientConfig.Builder config, Sending sending) {
    return new Case(
        name + "/" + shape.name(),
        shape.script(),
        w ->
            using(
                config,
                client ->
                    sending.run(w, request(client, w.url(shape.path())).setBody(shape.question()))),
        shape.ledger());
  }

  /** By itself the library asks five times more when a connection breaks. */
  static DefaultAsyncHttpClientConfig.Builder once() {
    return config()
        .setMaxRequestRetry(0)
        .setIoThreadsCount(1)
        .setShutdownQuietPeriod(java.time.Duration.ZERO);
  }

  static void using(DefaultAsyncHttpClientConfig.Builder config, Using program) throws Exception {
    try (AsyncHttpClient client = asyncHttpClient(config)) {
      program.run(client);
    }
  }

  static void asked(World world, Sending sending) throws Exception {
    using(
        once(),
        client -> sending.run(world, request(client, world.url(CHAT_PATH)).setBody(QUESTION)));
  }

  static BoundRequestBuilder request(AsyncHttpClient client, String url) {
    return client
        .preparePost(url)
        .setHeader("Content-Type", "application/json")
        .setHeader("Authorization", "Bearer secret");
  }

  static void whole(World world, BoundRequestBuilder request) throws Exception {
    Response response = result(world, request.execute());
    if (response == null) {
      return;
    }
    world.seen.say("status", response.getStatusCode() + " " + response.getStatusText());
    for (Map.Entry<String, String> header : response.getHeaders()) {
      world.seen.say("  header", header.getKey() + ": " + header.getValue());
    }
    world.seen.body("body", response.getResponseBodyAsBytes());
    world.seen.say("cookies", response.getCookies());
  }

  static void handler(World world, BoundRequestBuilder request) throws Exception {
    AsyncHttpClientReader reader = new AsyncHttpClientReader(world);
    world.seen.say("result", result(world, request.execute(reader)));
    reader.tell();
  }

  static <T> T result(World world, Future<T> future) throws Exception {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (CancellationException e) {
      world.seen.say("future", "cancelled");
    } catch (ExecutionException e) {
      world.seen.kind("future", e.getCause());
    }
    return null;
  }
}
