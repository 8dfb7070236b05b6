package io.costattr.it.differential;

import static io.costattr.it.differential.Apache5AsyncCases.ANSWER;
import static io.costattr.it.differential.Apache5AsyncCases.client;
import static io.costattr.it.differential.Apache5AsyncCases.own;
import static io.costattr.it.differential.Apache5AsyncCases.question;
import static io.costattr.it.differential.Apache5AsyncCases.result;
import static io.costattr.it.differential.Apache5AsyncCases.sent;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** Asynchronous calls that end before their end. */
final class Apache5AsyncEndings {
  private static final Script STALLED_BODY =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).stall();
      };

  private Apache5AsyncEndings() {}

  static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    all.addAll(cases("", () -> client().build()));
    all.addAll(cases("minimal-", Apache5AsyncCases::minimal));
    all.add(
        new Case(
            "timeout-of-the-head",
            (w, q, r) -> r.stall(),
            w -> own(w, impatient(), question(w.url(CHAT_PATH), STREAM_QUESTION)),
            unknown().and("outcome", "failed").and("error_code", "timeout")));
    all.add(
        new Case(
            "timeout-of-the-body",
            STALLED_BODY,
            w -> own(w, impatient(), question(w.url(CHAT_PATH), STREAM_QUESTION)),
            estimated().and("outcome", "failed").and("error_code", "timeout")));
    return all;
  }

  private static List<Case> cases(String kind, Supplier<CloseableHttpAsyncClient> clients) {
    return List.of(
        new Case(
            kind + "cancelled-before-the-head",
            (w, q, r) -> r.await(w.gate("asked")).stall(),
            w -> {
              try (CloseableHttpAsyncClient client = started(clients)) {
                Future<String> future = sent(w, client, streaming(w));
                w.gate("asked").awaitReached();
                w.seen.chance();
                w.seen.say("cancelled", future.cancel(true));
                w.gate("asked").open();
                result(w, future);
                client.close(CloseMode.IMMEDIATE);
              }
            },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        new Case(
            kind + "cancelled-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("cancelled")).stall();
            },
            w -> {
              try (CloseableHttpAsyncClient client = started(clients)) {
                Apache5Consumer consumer = new Apache5Consumer(w);
                Future<String> future = sent(client, streaming(w), consumer);
                consumer.awaitBegun();
                w.seen.chance();
                w.seen.say("cancelled", future.cancel(true));
                w.gate("cancelled").open();
                result(w, future);
                client.close(CloseMode.IMMEDIATE);
              }
            },
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        new Case(
            kind + "client-closed-within-the-body",
            STALLED_BODY,
            w -> {
              try (CloseableHttpAsyncClient client = started(clients)) {
                Apache5Consumer consumer = new Apache5Consumer(w);
                Future<String> future = sent(client, streaming(w), consumer);
                consumer.awaitBegun();
                w.seen.chance();
                client.close(CloseMode.IMMEDIATE);
                result(w, future);
              }
            },
            estimated().and("outcome", "failed|abandoned")),
        new Case(
            kind + "reset-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("read"));
              r.reset();
            },
            w -> {
              try (CloseableHttpAsyncClient client = started(clients)) {
                Apache5Consumer consumer = new Apache5Consumer(w);
                Future<String> future = sent(client, streaming(w), consumer);
                consumer.awaitBegun();
                w.gate("read").open();
                result(w, future);
                client.close(CloseMode.IMMEDIATE);
              }
            },
            estimated().and("outcome", "failed").and("error_code", ".*Exception")),
        new Case(
            kind + "consumer-that-throws-at-the-head",
            ANSWER,
            w -> {
              w.kept.put("throw at the head", true);
              own(w, clients.get());
            },
            unknown().and("outcome", "failed|abandoned")),
        new Case(
            kind + "consumer-that-throws-at-a-byte",
            ANSWER,
            w -> {
              w.kept.put("throw at a byte", true);
              own(w, clients.get());
            },
            Ledger.one("cost_basis", "reported|unknown")),
        new Case(
            kind + "nobody-listens",
            ANSWER,
            w -> {
              int port;
              try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
              }
              own(
                  w,
                  clients.get(),
                  question("http://127.0.0.1:" + port + CHAT_PATH, STREAM_QUESTION));
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")));
  }

  private static SimpleHttpRequest streaming(World world) {
    return question(world.url(CHAT_PATH), STREAM_QUESTION);
  }

  private static CloseableHttpAsyncClient started(Supplier<CloseableHttpAsyncClient> clients) {
    CloseableHttpAsyncClient client = clients.get();
    client.start();
    return client;
  }

  private static CloseableHttpAsyncClient impatient() {
    return client()
        .setDefaultRequestConfig(
            RequestConfig.custom().setResponseTimeout(Timeout.ofMilliseconds(200)).build())
        .build();
  }
}
