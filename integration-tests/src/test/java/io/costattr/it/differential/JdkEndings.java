package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.JdkCases.ANSWER;
import static io.costattr.it.differential.JdkCases.CLIENT;
import static io.costattr.it.differential.JdkCases.STALLED_BODY;
import static io.costattr.it.differential.JdkCases.daemon;
import static io.costattr.it.differential.JdkCases.exchange;
import static io.costattr.it.differential.JdkCases.of;
import static io.costattr.it.differential.JdkCases.question;
import static io.costattr.it.differential.JdkCases.request;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.one;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Exchanges that end before their end. */
final class JdkEndings {
  private JdkEndings() {}

  static List<Case> cases() {
    Script stalledHead = (w, q, r) -> r.await(w.gate("asked")).stall();
    return List.of(
        of(
            "stream-left-early",
            STALLED_BODY,
            w -> {
              HttpResponse<InputStream> response = sent(w, BodyHandlers.ofInputStream());
              try (InputStream in = response.body()) {
                w.seen.body("some", in.readNBytes(100));
              }
              w.seen.say("closed", closedRead(response.body()));
            },
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        of(
            "stream-never-closed",
            STALLED_BODY,
            w -> w.seen.body("some", sent(w, BodyHandlers.ofInputStream()).body().readNBytes(700)),
            estimated().and("outcome", "abandoned|failed")),
        of(
            "stream-never-read",
            ANSWER,
            w -> w.seen.say("status", sent(w, BodyHandlers.ofInputStream()).statusCode()),
            one("cost_basis", "reported|unknown")),
        of(
            "publisher-never-subscribed",
            ANSWER,
            w -> w.seen.say("status", sent(w, BodyHandlers.ofPublisher()).statusCode()),
            unknown().and("outcome", "abandoned")),
        of(
            "lines-left-early",
            STALLED_BODY,
            w -> {
              try (Stream<String> lines = sent(w, BodyHandlers.ofLines()).body()) {
                w.seen.say("first", lines.findFirst());
              }
            },
            estimated().and("outcome", "abandoned")),
        of(
            "request-timeout",
            (w, q, r) -> r.stall(),
            w ->
                exchange(
                    w,
                    CLIENT,
                    request(w, CHAT_PATH, Fixture.QUESTION).timeout(Duration.ofMillis(300)),
                    BodyHandlers.ofString()),
            unknown().and("outcome", "failed").and("error_code", "timeout")),
        of(
            "cancelled-before-the-head",
            stalledHead,
            w -> {
              HttpRequest request = request(w, CHAT_PATH, Fixture.QUESTION).build();
              CompletableFuture<HttpResponse<String>> future =
                  CLIENT.sendAsync(request, BodyHandlers.ofString());
              w.gate("asked").awaitReached();
              w.seen.say("cancelled", future.cancel(true));
              w.gate("asked").open();
              cancelled(w, future);
            },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        of(
            "cancelled-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("cancelled")).stall();
            },
            w -> {
              CountDownLatch begun = new CountDownLatch(1);
              HttpRequest request = request(w, CHAT_PATH, Fixture.QUESTION).build();
              CompletableFuture<HttpResponse<Void>> future =
                  CLIENT.sendAsync(
                      request, BodyHandlers.ofByteArrayConsumer(bytes -> begun.countDown()));
              w.seen.say("begun", begun.await(30, TimeUnit.SECONDS));
              w.seen.say("cancelled", future.cancel(true));
              w.gate("cancelled").open();
              cancelled(w, future);
            },
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        of(
            "interrupted",
            stalledHead,
            w -> {
              Thread sender = Thread.currentThread();
              daemon(
                      () -> {
                        try {
                          w.gate("asked").awaitReached();
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                        sender.interrupt();
                      })
                  .start();
              try {
                sent(w, BodyHandlers.ofString());
              } finally {
                w.seen.say("interrupted still", Thread.interrupted());
                w.gate("asked").open();
              }
            },
            unknown().and("error_code", "cancelled|.*Exception")),
        of(
            "reset-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("read"));
              r.reset();
            },
            w -> {
              try (InputStream in = sent(w, BodyHandlers.ofInputStream()).body()) {
                w.seen.body("some", in.readNBytes(700));
                w.gate("read").open();
                w.seen.say("next", in.read());
              }
            },
            estimated().and("outcome", "failed").and("error_code", ".*Exception")),
        of(
            "nobody-listens",
            ANSWER,
            w -> {
              int port;
              try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
              }
              exchange(
                  w,
                  CLIENT,
                  question("http://127.0.0.1:" + port + CHAT_PATH, Fixture.QUESTION),
                  BodyHandlers.ofString());
            },
            one("cost_basis", "none", "http_status", "null", "outcome", "failed")));
  }

  private static <T> HttpResponse<T> sent(World world, BodyHandler<T> handler) throws Exception {
    HttpRequest request = request(world, CHAT_PATH, Fixture.QUESTION).build();
    HttpResponse<T> response = CLIENT.send(request, handler);
    world.kept.put("response", response);
    return response;
  }

  /** The exchange that is cancelled and its future race for the result. */
  private static void cancelled(World world, CompletableFuture<?> future) throws Exception {
    try {
      world.seen.say("result", future.get(30, TimeUnit.SECONDS));
    } catch (CancellationException e) {
      world.seen.say("result", "cancelled");
    } catch (ExecutionException e) {
      boolean cancelled = e.getCause() instanceof CancellationException;
      world.seen.say("result", cancelled ? "cancelled" : e);
    }
  }

  private static String closedRead(InputStream in) {
    try {
      return Integer.toString(in.read());
    } catch (IOException e) {
      return e.toString();
    }
  }
}
