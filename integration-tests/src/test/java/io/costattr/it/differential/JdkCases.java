package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** java.net.http as applications use it. */
final class JdkCases {
  static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

  static final Script ANSWER = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);

  static final Script STALLED_BODY =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).stall();
      };

  private JdkCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(shaped("string", shape, w -> send(w, shape, BodyHandlers.ofString())));
      all.add(shaped("async-bytes", shape, w -> sendAsync(w, shape, BodyHandlers.ofByteArray())));
      all.add(streamed("stream", shape, w -> send(w, shape, BodyHandlers.ofInputStream())));
      all.add(streamed("async-lines", shape, w -> sendAsync(w, shape, BodyHandlers.ofLines())));
      all.add(streamed("publisher", shape, w -> send(w, shape, BodyHandlers.ofPublisher())));
    }
    all.addAll(JdkReading.cases());
    all.addAll(JdkRequests.cases());
    all.addAll(JdkEndings.cases());
    all.addAll(JdkSockets.cases());
    return all;
  }

  private static Case shaped(String name, Shape shape, Case.Program program) {
    return new Case(name + "/" + shape.name(), shape.script(), program, shape.ledger());
  }

  /**
   * A stream is handed out with the head. Where the connection breaks soon after, it is chance
   * whether that still fails the exchange or already the stream, and how much was read before.
   */
  private static Case streamed(String name, Shape shape, Case.Program program) {
    return shape.breaks()
        ? shaped(
            name,
            shape,
            world -> {
              world.seen.chance();
              program.run(world);
            })
        : shaped(name, shape, program);
  }

  // Reading to the end.

  private static <T> void send(World world, Shape shape, BodyHandler<T> handler) throws Exception {
    HttpRequest request = request(world, shape.path(), shape.question()).build();
    HttpResponse<T> response = CLIENT.send(request, handler);
    head(world, request, response);
    read(world, response.body());
  }

  private static <T> void sendAsync(World world, Shape shape, BodyHandler<T> handler)
      throws Exception {
    HttpRequest request = request(world, shape.path(), shape.question()).build();
    CompletableFuture<Void> future =
        CLIENT
            .sendAsync(request, handler)
            .whenCompleteAsync(
                (response, failure) -> {
                  world.seen.thread("completion");
                  if (failure != null) {
                    world.seen.failure("exchange", failure);
                  }
                })
            .thenAccept(
                response -> {
                  head(world, request, response);
                  read(world, response.body());
                });
    future.get(30, TimeUnit.SECONDS);
  }

  @SuppressWarnings("unchecked")
  static void read(World world, Object body) {
    if (body instanceof String text) {
      world.seen.body("body", text);
    } else if (body instanceof byte[] bytes) {
      world.seen.body("body", bytes);
    } else if (body instanceof InputStream in) {
      try (in) {
        world.seen.body("body", in.readAllBytes());
        world.seen.say("behind the end", in.read());
      } catch (IOException e) {
        world.seen.failure("body", e);
      }
    } else if (body instanceof Stream<?> lines) {
      try (lines) {
        lines.forEach(line -> world.seen.body("line", line.toString()));
      }
    } else if (body instanceof Flow.Publisher<?> publisher) {
      JdkSubscribers.Slow subscriber = new JdkSubscribers.Slow(world);
      ((Flow.Publisher<List<ByteBuffer>>) publisher).subscribe(subscriber);
      subscriber.await();
    } else {
      world.seen.say("body", body);
    }
  }

  static void head(World world, HttpRequest request, HttpResponse<?> response) {
    world.seen.say("status", response.version() + " " + response.statusCode());
    response.headers().map().forEach((name, values) -> world.seen.say("  header", name + values));
    world.seen.say("uri", response.uri());
    world.seen.say("request is ours", response.request() == request);
    world.seen.say("request", response.request());
    world.seen.say(
        "publisher is ours", response.request().bodyPublisher().equals(request.bodyPublisher()));
    world.seen.say("request type", response.request().getClass());
    world.seen.say("request headers", response.request().headers().map());
    world.seen.say("previous", response.previousResponse().isPresent());
    world.seen.say("response", response);
    world.seen.say("body type", type(response.body()));
  }

  private static String type(Object body) {
    return body == null ? "null" : body.getClass().getName();
  }

  // What the programs are made of.

  static Case of(String name, Script server, Case.Program client, Ledger ledger) {
    return new Case(name, server, client, ledger);
  }

  static HttpRequest.Builder request(World world, String path, String body) {
    return question(world.url(path), body);
  }

  static HttpRequest.Builder question(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("X-Second", "2")
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer secret")
        .POST(BodyPublishers.ofString(body));
  }

  static <T> void exchange(World world, BodyHandler<T> handler) throws Exception {
    exchange(world, CLIENT, request(world, CHAT_PATH, Fixture.QUESTION), handler);
  }

  static <T> void exchange(
      World world, HttpClient client, HttpRequest.Builder builder, BodyHandler<T> handler)
      throws Exception {
    HttpRequest request = builder.build();
    HttpResponse<T> response = client.send(request, handler);
    head(world, request, response);
    read(world, response.body());
  }

  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "pool");
    thread.setDaemon(true);
    return thread;
  }
}
