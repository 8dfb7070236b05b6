package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClient.ResponseReceiver;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** The HTTP client of Reactor Netty as applications use it. */
final class ReactorNettyCases {
  static final Script ANSWER = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ReactorNettyCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(shaped("whole", shape, w -> whole(w, asked(client().compress(true), w, shape))));
      all.add(shaped("as-it-comes", shape, w -> whole(w, asked(client(), w, shape))));
      all.add(shaped("one-at-a-time", shape, w -> slowly(w, asked(client(), w, shape))));
      all.add(shaped("connection", shape, w -> connection(w, asked(client(), w, shape))));
    }
    all.addAll(ReactorNettyRequests.cases());
    all.addAll(ReactorNettyReading.cases());
    all.addAll(ReactorNettyEndings.cases());
    all.addAll(ReactorNettyHttp2.cases());
    return all;
  }

  private static Case shaped(String name, Shape shape, Case.Program program) {
    return new Case(name + "/" + shape.name(), shape.script(), program, shape.ledger());
  }

  private static ResponseReceiver<?> asked(HttpClient client, World world, Shape shape) {
    return asked(client, world.url(shape.path()), shape.question());
  }

  // Reading to the end.

  /** The whole body at once. */
  static void whole(World world, ResponseReceiver<?> receiver) {
    byte[] body =
        block(
            receiver.responseSingle(
                (response, bytes) -> {
                  head(world, response);
                  return bytes.asByteArray().defaultIfEmpty(new byte[0]);
                }));
    world.seen.body("body", body);
  }

  /** Part by part, each asked for when the one before has been read. */
  static void slowly(World world, ResponseReceiver<?> receiver) {
    ReactorNettySubscriber subscriber = new ReactorNettySubscriber(world);
    receiver
        .response(
            (response, bytes) -> {
              head(world, response);
              return bytes;
            })
        .subscribe(subscriber);
    subscriber.await();
  }

  /** By the connection, which the application closes itself. */
  static void connection(World world, ResponseReceiver<?> receiver) {
    List<byte[]> body =
        receiver
            .responseConnection(
                (response, connection) -> {
                  head(world, response);
                  return connection
                      .inbound()
                      .receive()
                      .asByteArray()
                      .doFinally(
                          signal -> {
                            world.kept.put("signal", signal);
                            connection.dispose();
                          });
                })
            .collectList()
            .block(PATIENCE);
    world.seen.body("body", joined(body));
  }

  // What the programs are made of.

  /** One that has a connection for each call, and does not try again. */
  static HttpClient client() {
    return HttpClient.create(ConnectionProvider.newConnection()).disableRetry(true);
  }

  /** One that keeps connections, and tries again once. */
  static HttpClient pooled() {
    return HttpClient.create(ConnectionProvider.create("it", 1));
  }

  static ResponseReceiver<?> asked(HttpClient client, String url, String question) {
    return posted(client, url, ByteBufMono.fromString(Mono.just(question)));
  }

  static ResponseReceiver<?> asked(World world) {
    return asked(client(), world.url(CHAT_PATH), QUESTION);
  }

  static ResponseReceiver<?> posted(
      HttpClient client, String url, Publisher<? extends ByteBuf> body) {
    return described(client).request(HttpMethod.POST).uri(url).send(body);
  }

  static HttpClient described(HttpClient client) {
    return client.headers(
        headers ->
            headers
                .set("X-Second", "2")
                .set("Content-Type", "application/json")
                .set("Authorization", "Bearer secret"));
  }

  static <T> T block(Mono<T> mono) {
    return mono.block(PATIENCE);
  }

  static byte[] joined(List<byte[]> parts) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  static ByteBufFlux flux(String... parts) {
    return ByteBufFlux.fromString(reactor.core.publisher.Flux.just(parts));
  }

  static void head(World world, HttpClientResponse response) {
    world.seen.thread("head");
    world.seen.say("status", response.version() + " " + response.status());
    response
        .responseHeaders()
        .forEach(header -> world.seen.say("  header", header.getKey() + ": " + header.getValue()));
    world.seen.say("request", response.method() + " " + response.uri() + " " + response.path());
    world.seen.say("url", response.resourceUrl());
    response
        .requestHeaders()
        .forEach(header -> world.seen.say("  sent", header.getKey() + ": " + header.getValue()));
    world.seen.say("redirected", List.of(response.redirectedFrom()));
    world.seen.say("kept alive", response.isKeepAlive());
    world.seen.say("context", response.currentContextView());
  }
}
