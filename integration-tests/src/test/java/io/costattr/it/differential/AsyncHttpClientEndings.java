package io.costattr.it.differential;

import static io.costattr.it.differential.AsyncHttpClientCases.ANSWER;
import static io.costattr.it.differential.AsyncHttpClientCases.once;
import static io.costattr.it.differential.AsyncHttpClientCases.request;
import static io.costattr.it.differential.AsyncHttpClientCases.result;
import static io.costattr.it.differential.AsyncHttpClientCases.using;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.one;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.ListenableFuture;

/** Calls of async-http-client that end before their end. */
final class AsyncHttpClientEndings {
  private static final Script STALLED_BODY =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).stall();
      };

  private AsyncHttpClientEndings() {}

  static List<Case> cases() {
    return List.of(
        ending(
            "cancelled-before-the-head",
            (w, q, r) -> r.await(w.gate("asked")).stall(),
            once(),
            (w, request) -> {
              AsyncHttpClientReader reader = new AsyncHttpClientReader(w);
              ListenableFuture<String> future = request.execute(reader);
              w.gate("asked").awaitReached();
              w.seen.say("cancelled", future.cancel(true));
              w.gate("asked").open();
              result(w, future);
              reader.tell();
            },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        ending(
            "cancelled-within-the-body",
            STALLED_BODY,
            once(),
            (w, request) -> {
              AsyncHttpClientReader reader = new AsyncHttpClientReader(w);
              ListenableFuture<String> future = request.execute(reader);
              reader.awaitBegun();
              w.seen.say("cancelled", future.cancel(true));
              result(w, future);
              reader.tell();
            },
            estimated().and("outcome", "abandoned")),
        ending(
            "aborted-by-the-application-within-the-body",
            STALLED_BODY,
            once(),
            (w, request) -> {
              AsyncHttpClientReader reader = new AsyncHttpClientReader(w);
              ListenableFuture<String> future = request.execute(reader);
              reader.awaitBegun();
              future.abort(new CancellationException());
              result(w, future);
              reader.tell();
            },
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        ending(
            "client-closed-within-the-body",
            STALLED_BODY,
            once(),
            (w, request) -> {
              AsyncHttpClientReader reader = new AsyncHttpClientReader(w);
              request.execute(reader);
              reader.awaitBegun();
              w.seen.chance();
            },
            estimated().and("outcome", "failed|abandoned")),
        ending(
            "reset-by-the-server-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("read"));
              r.reset();
            },
            once(),
            (w, request) -> {
              AsyncHttpClientReader reader = new AsyncHttpClientReader(w);
              ListenableFuture<String> future = request.execute(reader);
              reader.awaitBegun();
              w.gate("read").open();
              result(w, future);
              reader.tell();
            },
            estimated().and("outcome", "failed").and("error_code", ".*Exception")),
        ending(
            "timeout-of-the-request",
            (w, q, r) -> r.stall(),
            once().setRequestTimeout(Duration.ofMillis(300)),
            AsyncHttpClientCases::whole,
            unknown().and("outcome", "failed").and("error_code", "timeout")),
        ending(
            "timeout-within-the-body",
            STALLED_BODY,
            once().setReadTimeout(Duration.ofMillis(300)),
            AsyncHttpClientCases::handler,
            estimated().and("outcome", "failed").and("error_code", "timeout")),
        ending(
            "the-caller-waits-no-longer",
            STALLED_BODY,
            once(),
            (w, request) -> {
              AsyncHttpClientReader reader = new AsyncHttpClientReader(w);
              ListenableFuture<String> future = request.execute(reader);
              reader.awaitBegun();
              w.seen.say("completable", future.toCompletableFuture().cancel(true));
              future.cancel(true);
              reader.tell();
            },
            estimated().and("outcome", "abandoned")),
        told("throw at the status", "estimated", "failed"),
        told("throw at the headers", "estimated", "failed"),
        told("throw at the body", "estimated|reported", "failed|completed"),
        told("abort at the status", "estimated", "abandoned"),
        told("abort at the headers", "estimated", "abandoned"),
        told("abort at the body", "estimated|reported", "abandoned|completed"),
        new Case(
            "nobody-listens",
            ANSWER,
            w -> {
              int port;
              try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
              }
              using(
                  once(),
                  client ->
                      AsyncHttpClientCases.handler(
                          w,
                          request(client, "http://127.0.0.1:" + port + CHAT_PATH)
                              .setBody(STREAM_QUESTION)));
            },
            one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("error_code", ".*ConnectException")));
  }

  private static Case told(String what, String basis, String outcome) {
    return ending(
        what.replace(' ', '-'),
        (w, q, r) -> {
          r.header("content-type", "text/event-stream").chunked();
          r.part(CHAT_STREAM);
        },
        once(),
        (w, request) -> {
          w.kept.put(what, true);
          AsyncHttpClientReader reader = new AsyncHttpClientReader(w);
          w.seen.say("result", result(w, request.execute(reader)));
          reader.tell();
        },
        one("cost_basis", basis, "outcome", outcome));
  }

  private static Case ending(
      String name,
      Script script,
      DefaultAsyncHttpClientConfig.Builder config,
      AsyncHttpClientCases.Sending sending,
      Ledger ledger) {
    return new Case(
        name,
        script,
        w ->
            using(
                config,
                client -> {
                  BoundRequestBuilder request =
                      request(client, w.url(CHAT_PATH)).setBody(STREAM_QUESTION);
                  sending.run(w, request);
                }),
        ledger);
  }
}
