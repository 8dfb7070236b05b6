package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.OkHttpCases.client;
import static io.costattr.it.differential.OkHttpCases.join;
import static io.costattr.it.differential.OkHttpCases.one;
import static io.costattr.it.differential.OkHttpCases.request;
import static io.costattr.it.differential.OkHttpCases.with;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/** Ways to read a body of OkHttp. */
final class OkHttpReading {
  private OkHttpReading() {}

  static List<Case> cases() {
    Script answer = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);
    return List.of(
        one(
            "peek",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      world.seen.body("peeked", response.peekBody(20).string());
                      world.seen.body("peeked", response.peekBody(1 << 20).string());
                      BufferedSource peek = response.body().source().peek();
                      world.seen.body("peeked", peek.readUtf8());
                      world.seen.body("body", response.body().string());
                    }),
            reported()),
        one(
            "peeked-only",
            answer,
            world ->
                with(world, response -> world.seen.body("p", response.peekBody(1 << 20).bytes())),
            reported()),
        one(
            "read-twice",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      world.seen.body("body", response.body().string());
                      world.seen.body("body", response.body().string());
                    }),
            reported()),
        one(
            "read-after-close",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      response.close();
                      world.seen.say("open", response.body().source().isOpen());
                      world.seen.body("body", response.body().string());
                    }),
            unknown().and("outcome", "abandoned")),
        one("never-read", answer, world -> with(world, response -> {}), unknown()),
        one(
            "bytes-one-by-one",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      InputStream in = response.body().byteStream();
                      Buffer read = new Buffer();
                      for (int b = in.read(); b >= 0; b = in.read()) {
                        read.writeByte(b);
                      }
                      world.seen.body("body", read.readByteArray());
                    }),
            reported()),
        one(
            "characters",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      StringBuilder text = new StringBuilder();
                      for (int c = response.body().charStream().read(); c >= 0; ) {
                        text.append((char) c);
                        c = response.body().charStream().read();
                      }
                      world.seen.body("body", text.toString());
                    }),
            reported()),
        one(
            "on-another-thread",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      Thread reader =
                          new Thread(
                              () -> {
                                try {
                                  world.seen.body("body", response.body().string());
                                } catch (IOException e) {
                                  world.seen.failure("body", e);
                                }
                              });
                      reader.start();
                      join(reader);
                    }),
            reported()),
        one(
            "only-the-stream-is-kept",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 500)).await(w.gate("collected"));
              r.part(CHAT_STREAM.substring(500));
            },
            world -> {
              List<Object> kept = new ArrayList<>();
              WeakReference<Response> gone = streamOf(world, kept);
              collect(gone);
              world.seen.say("response is gone", gone.get() == null);
              world.gate("collected").open();
              InputStream in = (InputStream) kept.get(0);
              world.seen.body("body", in.readAllBytes());
              in.close();
            },
            reported()));
  }

  /** As a library does that hands out no more than an InputStream. */
  private static WeakReference<Response> streamOf(World world, List<Object> kept)
      throws IOException {
    OkHttpClient client = client(world).build();
    Response response =
        client.newCall(request(world, CHAT_PATH, Fixture.STREAM_QUESTION).build()).execute();
    kept.add(response.body().byteStream());
    return new WeakReference<>(response);
  }

  static void collect(WeakReference<?> reference) {
    for (int i = 0; i < 50 && reference.get() != null; i++) {
      System.gc();
    }
    // What follows a collection (the ledger looks twice a second) has to have had its chance.
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1200);
    while (System.nanoTime() < until) {
      java.util.concurrent.locks.LockSupport.parkNanos(until - System.nanoTime());
    }
  }
}
