package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.OkHttpCases.client;
import static io.costattr.it.differential.OkHttpCases.head;
import static io.costattr.it.differential.OkHttpCases.join;
import static io.costattr.it.differential.OkHttpCases.one;
import static io.costattr.it.differential.OkHttpCases.question;
import static io.costattr.it.differential.OkHttpCases.request;
import static io.costattr.it.differential.OkHttpCases.with;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.time.Duration;
import java.util.List;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;

/** Calls of OkHttp that end before their end. */
final class OkHttpEndings {
  private OkHttpEndings() {}

  static List<Case> cases() {
    Script stalledBody =
        (w, q, r) -> {
          r.header("content-type", "text/event-stream").chunked();
          r.part(CHAT_STREAM.substring(0, 700)).stall();
        };
    Script stalledHead = (w, q, r) -> r.stall();
    Ledger timedOut = unknown().and("outcome", "failed").and("error_code", "timeout");
    Ledger cut = estimated().and("outcome", "failed").and("error_code", "timeout");
    return List.of(
        one(
            "left-early",
            stalledBody,
            world ->
                with(
                    world,
                    client(world),
                    request(world, CHAT_PATH, Fixture.STREAM_QUESTION),
                    response -> world.seen.body("l", response.body().source().readUtf8Line())),
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        one(
            "never-closed",
            stalledBody,
            world -> {
              Request request = request(world, CHAT_PATH, Fixture.STREAM_QUESTION).build();
              Response response = client(world).build().newCall(request).execute();
              head(world, request, response);
              world.seen.body("line", response.body().source().readUtf8Line());
            },
            estimated().and("outcome", "abandoned")),
        one(
            "read-timeout-of-the-head",
            stalledHead,
            world ->
                with(
                    world,
                    client(world).readTimeout(Duration.ofMillis(200)),
                    request(world, CHAT_PATH, Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            timedOut),
        one(
            "read-timeout-of-the-body",
            stalledBody,
            world ->
                with(
                    world,
                    client(world).readTimeout(Duration.ofMillis(200)),
                    request(world, CHAT_PATH, Fixture.STREAM_QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            cut),
        one(
            "call-timeout-of-the-head",
            stalledHead,
            world ->
                with(
                    world,
                    client(world).callTimeout(Duration.ofMillis(300)),
                    request(world, CHAT_PATH, Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            timedOut),
        one(
            "call-timeout-of-the-body",
            stalledBody,
            world ->
                with(
                    world,
                    client(world).callTimeout(Duration.ofMillis(300)),
                    request(world, CHAT_PATH, Fixture.STREAM_QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            cut),
        one(
            "cancelled-before-the-head",
            (w, q, r) -> r.await(w.gate("asked")).stall(),
            world -> {
              Request request = request(world, CHAT_PATH, Fixture.QUESTION).build();
              Call call = client(world).build().newCall(request);
              Thread canceller =
                  new Thread(
                      () -> {
                        reached(world, "asked");
                        call.cancel();
                        world.gate("asked").open();
                      });
              canceller.start();
              try {
                call.execute();
              } finally {
                join(canceller);
                world.seen.say("cancelled", call.isCanceled());
              }
            },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        one(
            "cancelled-within-the-body",
            stalledBody,
            world -> {
              Request request = request(world, CHAT_PATH, Fixture.STREAM_QUESTION).build();
              Call call = client(world).build().newCall(request);
              try (Response response = call.execute()) {
                world.seen.body("line", response.body().source().readUtf8Line());
                call.cancel();
                response.body().source().readUtf8();
              } finally {
                world.seen.say("cancelled", call.isCanceled());
              }
            },
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        one(
            "cancelled-before-it-began",
            stalledHead,
            world -> {
              Request request = request(world, CHAT_PATH, Fixture.QUESTION).build();
              Call call = client(world).build().newCall(request);
              call.cancel();
              call.execute();
            },
            nothing()),
        one(
            "reset-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("read"));
              r.reset();
            },
            world ->
                with(
                    world,
                    client(world),
                    request(world, CHAT_PATH, Fixture.STREAM_QUESTION),
                    response -> {
                      world.seen.body("b", response.body().source().readByteArray(700));
                      world.gate("read").open();
                      world.seen.body("body", response.body().string());
                    }),
            estimated().and("outcome", "failed").and("error_code", ".*Exception")),
        one(
            "nobody-listens",
            stalledHead,
            world -> {
              int port;
              try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
              }
              with(
                  world,
                  client(world),
                  question("http://127.0.0.1:" + port + CHAT_PATH, Fixture.QUESTION),
                  response -> world.seen.body("body", response.body().string()));
            },
            one("cost_basis", "none", "http_status", "null", "outcome", "failed")));
  }

  private static void reached(World world, String gate) {
    try {
      world.gate(gate).awaitReached();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
