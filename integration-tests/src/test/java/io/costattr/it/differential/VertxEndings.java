package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static io.costattr.it.differential.VertxCases.ANSWER;
import static io.costattr.it.differential.VertxCases.request;
import static io.costattr.it.differential.VertxCases.using;

import io.costattr.it.differential.Case.Script;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.List;
import java.util.function.BiConsumer;

/** Calls of Vert.x's client that end before their end. */
final class VertxEndings {
  private static final Script STALLED_BODY =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).stall();
      };

  private static final Script STALLED_AT_A_GATE =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("given up")).stall();
      };

  private VertxEndings() {}

  /** What the application does with a request that has not been sent. */
  private interface Program {
    void run(HttpClient client, HttpClientRequest request) throws Exception;
  }

  static List<Case> cases() {
    return List.of(
        ending(
            "reset-before-the-head",
            (w, q, r) -> r.await(w.gate("asked")).stall(),
            w ->
                (client, request) -> {
                  VertxReader reader = sent(w, request, VertxReader::read);
                  w.gate("asked").awaitReached();
                  request.reset();
                  w.gate("asked").open();
                  reader.await();
                },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        ending(
            "reset-by-the-application-within-the-body",
            STALLED_AT_A_GATE,
            w ->
                (client, request) -> {
                  VertxReader reader = sent(w, request, VertxReader::read);
                  reader.awaitBegun();
                  request.reset();
                  w.gate("given up").open();
                  reader.await();
                },
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        ending(
            "nothing-more-is-asked-for",
            STALLED_AT_A_GATE,
            w ->
                (client, request) -> {
                  VertxReader reader = sent(w, request, VertxReader::readNoFurther);
                  reader.awaitBegun();
                  w.seen.chance();
                  request.reset();
                  w.gate("given up").open();
                },
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        ending(
            "client-closed-within-the-body",
            STALLED_AT_A_GATE,
            w ->
                (client, request) -> {
                  VertxReader reader = sent(w, request, VertxReader::read);
                  reader.awaitBegun();
                  client.close();
                  w.gate("given up").open();
                  reader.await();
                },
            estimated().and("outcome", "failed|abandoned")),
        ending(
            "reset-by-the-server-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("read"));
              r.reset();
            },
            w ->
                (client, request) -> {
                  VertxReader reader = sent(w, request, VertxReader::read);
                  reader.awaitBegun();
                  w.gate("read").open();
                  reader.await();
                },
            estimated().and("outcome", "failed").and("error_code", ".*Exception")),
        ending(
            "timeout-of-the-head",
            (w, q, r) -> r.stall(),
            w -> (client, request) -> sent(w, request.idleTimeout(300), VertxReader::read).await(),
            unknown().and("outcome", "failed").and("error_code", "timeout")),
        new Case(
            "idle-connection",
            STALLED_BODY,
            w ->
                using(
                    new HttpClientOptions().setReadIdleTimeout(1),
                    (vertx, client) ->
                        VertxCases.result(
                            w,
                            VertxCases.sent(
                                w,
                                client,
                                w.url(CHAT_PATH),
                                STREAM_QUESTION,
                                VertxCases::handlers))),
            estimated().and("outcome", "failed").and("error_code", ".*Exception|timeout")),
        throwing("throw at the head", Ledger.one("cost_basis", "unknown|reported")),
        throwing("throw at a byte", Ledger.one("cost_basis", "unknown|reported")),
        new Case(
            "nobody-listens",
            ANSWER,
            w -> {
              int port;
              try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
              }
              String url = "http://127.0.0.1:" + port + CHAT_PATH;
              using(
                  new HttpClientOptions(),
                  (vertx, client) ->
                      VertxCases.result(
                          w, VertxCases.sent(w, client, url, STREAM_QUESTION, VertxCases::whole)));
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("error_code", ".*ConnectException")));
  }

  /** What the application does in that world. */
  private interface Programs {
    Program in(World world);
  }

  private static Case ending(String name, Script script, Programs programs, Ledger ledger) {
    return new Case(
        name,
        script,
        w ->
            using(
                new HttpClientOptions(),
                (vertx, client) ->
                    programs
                        .in(w)
                        .run(client, VertxCases.result(w, request(client, w.url(CHAT_PATH))))),
        ledger);
  }

  /** Whoever reads is there before the question is sent. */
  private static VertxReader sent(
      World world, HttpClientRequest request, BiConsumer<VertxReader, HttpClientResponse> reading) {
    VertxReader reader = new VertxReader(world);
    request
        .response()
        .onSuccess(response -> reading.accept(reader, response))
        .onFailure(reader::failed);
    request.send(STREAM_QUESTION);
    return reader;
  }

  private static Case throwing(String where, Ledger ledger) {
    return new Case(
        where.replace(' ', '-'),
        ANSWER,
        w -> {
          w.kept.put(where, true);
          VertxCases.asked(w, VertxCases::handlers);
        },
        ledger);
  }
}
