package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static io.costattr.it.differential.VertxCases.ANSWER;
import static io.costattr.it.differential.VertxCases.asked;
import static io.costattr.it.differential.VertxCases.read;
import static io.costattr.it.differential.VertxCases.request;
import static io.costattr.it.differential.VertxCases.result;
import static io.costattr.it.differential.VertxCases.sent;
import static io.costattr.it.differential.VertxCases.using;
import static io.costattr.it.differential.VertxCases.whole;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.loopback.Coding;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What may be sent through Vert.x's client, and what comes before an answer. */
final class VertxRequests {
  private static final String MODEL = "request_model";
  private static final Ledger WHOLE = reported().and(MODEL, "gpt-4o-mini");

  private VertxRequests() {}

  static List<Case> cases() {
    List<Case> all = new ArrayList<>(bodies());
    all.addAll(heads());
    all.addAll(others());
    return all;
  }

  private static List<Case> bodies() {
    return List.of(
        body("text", request -> request.send(QUESTION)),
        body(
            "gzip-ed-request",
            request ->
                request
                    .putHeader("Content-Encoding", "gzip")
                    .send(Buffer.buffer(Coding.GZIP.encode(QUESTION.getBytes(UTF_8))))),
        body(
            "body-of-pieces",
            request -> {
              request.setChunked(true);
              pieces(request);
              request.end();
              return request.response();
            }),
        body(
            "body-of-pieces-with-a-length",
            request -> {
              request.putHeader("Content-Length", String.valueOf(QUESTION.length()));
              pieces(request);
              request.end();
              return request.response();
            }),
        body(
            "large-body",
            request -> {
              request.setChunked(true);
              for (int i = 0; i < 100; i++) {
                request.write(" ".repeat(10_000));
              }
              request.end(QUESTION);
              return request.response();
            }),
        new Case(
            "no-body",
            ANSWER,
            w ->
                using(
                    new HttpClientOptions(),
                    (vertx, c) ->
                        result(
                            w,
                            read(
                                w,
                                request(c, w.url(CHAT_PATH)),
                                HttpClientRequest::send,
                                VertxCases::whole))),
            reported().and(MODEL, "null")),
        new Case(
            "body-that-is-given-up",
            (w, q, r) -> r.close(),
            w ->
                using(
                    new HttpClientOptions(),
                    (vertx, c) -> {
                      HttpClientRequest request = result(w, request(c, w.url(CHAT_PATH)));
                      request.setChunked(true).write("{\"model\":");
                      w.awaitConnection();
                      request.reset();
                      result(w, request.response());
                    }),
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "abandoned")
                .and("error_code", "cancelled")));
  }

  private static List<Case> heads() {
    return List.of(
        new Case(
            "expect-continue",
            ANSWER,
            w ->
                using(
                    new HttpClientOptions(),
                    (vertx, c) -> {
                      HttpClientRequest request = result(w, request(c, w.url(CHAT_PATH)));
                      request.putHeader("Expect", "100-continue");
                      request.putHeader("Content-Length", String.valueOf(QUESTION.length()));
                      request.continueHandler(go -> request.end(QUESTION));
                      Future<?> read = request.response().compose(r -> whole(w, r).mapEmpty());
                      request.writeHead();
                      result(w, read);
                    }),
            WHOLE),
        new Case(
            "get-of-a-stored-completion",
            ANSWER,
            w ->
                using(
                    new HttpClientOptions(),
                    (vertx, c) ->
                        result(
                            w,
                            read(
                                w,
                                c.request(
                                    new RequestOptions()
                                        .setAbsoluteURI(w.url(CHAT_PATH + "/chatcmpl-1?a=b"))),
                                HttpClientRequest::send,
                                VertxCases::whole))),
            nothing()),
        new Case(
            "head",
            (w, q, r) -> r.raw("HTTP/1.1 200 OK\r\ncontent-length: 77\r\n\r\n".getBytes(UTF_8)),
            w ->
                using(
                    new HttpClientOptions(),
                    (vertx, c) ->
                        result(
                            w,
                            read(
                                w,
                                c.request(
                                    new RequestOptions()
                                        .setMethod(HttpMethod.HEAD)
                                        .setAbsoluteURI(w.url(CHAT_PATH))),
                                HttpClientRequest::send,
                                VertxCases::whole))),
            nothing()),
        new Case(
            "proxy",
            ANSWER,
            w ->
                using(
                    new HttpClientOptions()
                        .setProxyOptions(
                            new ProxyOptions().setHost("127.0.0.1").setPort(w.server().port())),
                    (vertx, c) ->
                        result(
                            w,
                            sent(
                                w,
                                c,
                                "http://api.openai.com" + CHAT_PATH,
                                QUESTION,
                                VertxCases::whole))),
            WHOLE.and("provider", "openai").and("server_address", "api.openai.com")),
        new Case(
            "redirect-that-is-followed",
            (w, q, r) -> {
              if (q.header("x-again") == null) {
                r.status(307).header("location", CHAT_PATH).body("moved");
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w -> {
              Vertx vertx = Vertx.vertx();
              try {
                HttpClient client =
                    vertx
                        .httpClientBuilder()
                        .withRedirectHandler(moved -> Future.succeededFuture(again(w)))
                        .build();
                result(
                    w,
                    read(
                        w,
                        request(client, w.url(CHAT_PATH)),
                        request -> request.setFollowRedirects(true).send(QUESTION),
                        VertxCases::whole));
              } finally {
                result(w, vertx.close());
              }
            },
            // The client sends no body again.
            reported().and(MODEL, "null")),
        new Case(
            "redirect-that-is-not-followed",
            (w, q, r) -> r.status(307).header("location", CHAT_PATH).body("moved"),
            w -> asked(w, VertxCases::whole),
            nothing()));
  }

  private static List<Case> others() {
    return List.of(
        new Case(
            "answered-before-the-body-was-sent",
            (w, q, r) -> r.status(413).body("{}"),
            w -> asked(w, VertxCases::whole),
            refused(413, "413").without(MODEL)),
        new Case(
            "interim-answers",
            (w, q, r) ->
                r.raw(
                    ("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"
                            + "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                            + "content-length: "
                            + CHAT.getBytes(UTF_8).length
                            + "\r\n\r\n"
                            + CHAT)
                        .getBytes(UTF_8)),
            w -> asked(w, VertxCases::whole),
            WHOLE),
        new Case(
            "unknown-host",
            ANSWER,
            w ->
                using(
                    new HttpClientOptions(),
                    (vertx, c) ->
                        result(
                            w,
                            sent(w, c, w.unknownHostUrl(CHAT_PATH), QUESTION, VertxCases::whole))),
            reported().and("provider", "openai-compatible")),
        new Case(
            "host-of-the-client",
            ANSWER,
            w ->
                using(
                    new HttpClientOptions()
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(w.server().port()),
                    (vertx, c) ->
                        result(
                            w,
                            read(
                                w,
                                c.request(HttpMethod.POST, CHAT_PATH),
                                request -> request.send(QUESTION),
                                VertxCases::whole))),
            WHOLE.and("provider", "openai")),
        new Case(
            "queued-for-the-only-connection",
            (w, q, r) -> {
              r.await(w.gate("asked"));
              ANSWER.answer(w, q, r);
            },
            w -> {
              Vertx vertx = Vertx.vertx();
              try {
                HttpClient c = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(1));
                List<Future<?>> answers = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                  answers.add(sent(w, c, w.url(CHAT_PATH), QUESTION, (world, r) -> r.body()));
                }
                w.gate("asked").awaitReached();
                w.gate("asked").open();
                for (Future<?> answer : answers) {
                  result(w, answer);
                }
              } finally {
                result(w, vertx.close());
              }
            },
            reported().thenAnother(reported()).thenAnother(reported())),
        new Case(
            "the-same-connection-again",
            ANSWER,
            w ->
                using(
                    new HttpClientOptions(),
                    (vertx, c) -> {
                      for (int i = 0; i < 3; i++) {
                        result(w, sent(w, c, w.url(CHAT_PATH), QUESTION, VertxCases::whole));
                      }
                    }),
            reported().thenAnother(reported()).thenAnother(reported())),
        new Case(
            "closed-client",
            ANSWER,
            w ->
                using(
                    new HttpClientOptions(),
                    (vertx, c) -> {
                      result(w, c.close());
                      try {
                        result(w, sent(w, c, w.url(CHAT_PATH), QUESTION, VertxCases::whole));
                      } catch (IllegalStateException e) {
                        w.seen.kind("asking", e);
                      }
                    }),
            nothing()));
  }

  private static Case body(
      String name, Function<HttpClientRequest, Future<HttpClientResponse>> sending) {
    return new Case(
        name,
        ANSWER,
        w ->
            using(
                new HttpClientOptions(),
                (vertx, c) ->
                    result(w, read(w, request(c, w.url(CHAT_PATH)), sending, VertxCases::whole))),
        WHOLE);
  }

  private static RequestOptions again(World world) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .putHeader("x-again", "1")
        .setAbsoluteURI(world.url(CHAT_PATH));
  }

  static void pieces(HttpClientRequest request) {
    for (String piece : QUESTION.split("(?<=,)")) {
      request.write(piece);
    }
  }
}
