package io.costattr.it.differential;

import static io.costattr.it.differential.Apache4AsyncCases.ANSWER;
import static io.costattr.it.differential.Apache4AsyncCases.client;
import static io.costattr.it.differential.Apache4AsyncCases.own;
import static io.costattr.it.differential.Apache4AsyncCases.question;
import static io.costattr.it.differential.Apache4AsyncCases.sent;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;

/** Calls of Apache HttpAsyncClient 4 that end before their end. */
final class Apache4AsyncEndings {
  private static final Script STALLED_BODY =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).stall();
      };

  private Apache4AsyncEndings() {}

  static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    all.addAll(cases("", () -> client().build()));
    all.addAll(cases("minimal-", Apache4AsyncCases::minimal));
    all.add(
        new Case(
            "timeout-of-the-head",
            (w, q, r) -> r.stall(),
            w -> own(w, impatient(), streaming(w)),
            unknown().and("outcome", "failed").and("error_code", "timeout")));
    all.add(
        new Case(
            "timeout-of-the-body",
            STALLED_BODY,
            w -> own(w, impatient(), streaming(w)),
            estimated().and("outcome", "failed").and("error_code", "timeout")));
    all.add(
        new Case(
            "consumer-that-throws-at-the-head",
            ANSWER,
            w -> {
              w.kept.put("throw at the head", true);
              own(w, client().build());
            },
            unknown().and("outcome", "failed").and("error_code", ".*IllegalStateException")));
    all.add(
        new Case(
            "no-host",
            ANSWER,
            w -> own(w, client().build(), question(CHAT_PATH, STREAM_QUESTION)),
            nothing()));
    all.add(
        new Case(
            "nobody-listens",
            ANSWER,
            w -> {
              int port;
              try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
              }
              own(
                  w,
                  client().build(),
                  question("http://127.0.0.1:" + port + CHAT_PATH, STREAM_QUESTION));
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("error_code", "java.net.ConnectException")));
    all.add(
        new Case(
            "closed-client",
            ANSWER,
            w -> {
              CloseableHttpAsyncClient client = client().build();
              client.start();
              client.close();
              Apache4Consumer consumer = new Apache4Consumer(w);
              consumer.result(sent(client, streaming(w), consumer));
            },
            nothing()));
    return all;
  }

  private static List<Case> cases(String kind, Supplier<CloseableHttpAsyncClient> clients) {
    return List.of(
        new Case(
            kind + "cancelled-before-the-head",
            (w, q, r) -> r.await(w.gate("asked")).stall(),
            w -> {
              try (CloseableHttpAsyncClient client = started(clients)) {
                Apache4Consumer consumer = new Apache4Consumer(w);
                Future<String> future = sent(client, streaming(w), consumer);
                w.gate("asked").awaitReached();
                w.seen.say("cancelled", future.cancel(true));
                w.gate("asked").open();
                consumer.result(future);
              }
            },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        new Case(
            kind + "aborted-within-the-body",
            STALLED_BODY,
            w -> {
              try (CloseableHttpAsyncClient client = started(clients)) {
                Apache4Consumer consumer = new Apache4Consumer(w);
                HttpPost request = streaming(w);
                Future<String> future = sent(client, request, consumer);
                consumer.awaitBegun();
                request.abort();
                w.seen.say("aborted", request.isAborted());
                consumer.result(future);
              }
            },
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        new Case(
            kind + "enough-before-the-end",
            STALLED_BODY,
            w -> {
              w.kept.put("enough at once", true);
              own(w, clients.get(), streaming(w));
            },
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        new Case(
            kind + "client-closed-within-the-body",
            STALLED_BODY,
            w -> {
              try (CloseableHttpAsyncClient client = started(clients)) {
                Apache4Consumer consumer = new Apache4Consumer(w);
                Future<String> future = sent(client, streaming(w), consumer);
                consumer.awaitBegun();
                w.seen.chance();
                client.close();
                w.seen.say("done", future.isDone());
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
                Apache4Consumer consumer = new Apache4Consumer(w);
                Future<String> future = sent(client, streaming(w), consumer);
                consumer.awaitBegun();
                w.gate("read").open();
                consumer.result(future);
              }
            },
            estimated().and("outcome", "failed").and("error_code", ".*Exception")));
  }

  private static HttpPost streaming(World world) {
    return question(world.url(CHAT_PATH), STREAM_QUESTION);
  }

  private static CloseableHttpAsyncClient started(Supplier<CloseableHttpAsyncClient> clients) {
    CloseableHttpAsyncClient client = clients.get();
    client.start();
    return client;
  }

  private static CloseableHttpAsyncClient impatient() {
    return client()
        .setDefaultRequestConfig(RequestConfig.custom().setSocketTimeout(200).build())
        .build();
  }
}
