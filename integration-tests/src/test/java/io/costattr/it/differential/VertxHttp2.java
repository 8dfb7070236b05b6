package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static io.costattr.it.differential.VertxCases.read;
import static io.costattr.it.differential.VertxCases.request;
import static io.costattr.it.differential.VertxCases.result;
import static io.costattr.it.differential.VertxCases.sent;

import io.costattr.loopback.LocalhostTls;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PfxOptions;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Vert.x's client over HTTP/2, over TLS and without, against Vert.x's own server. */
final class VertxHttp2 {
  private static final Ledger WHOLE = reported().and("request_model", "gpt-4o-mini");

  private static final Handler<HttpServerRequest> DOCUMENT =
      request -> request.response().putHeader("content-type", "application/json").end(CHAT);

  private VertxHttp2() {}

  /** What the application does. */
  private interface Program {
    void run(World world, HttpClient client, String url) throws Exception;
  }

  static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (boolean secure : new boolean[] {true, false}) {
      all.add(
          http2(
              "document",
              secure,
              DOCUMENT,
              (w, c, url) -> result(w, sent(w, c, url, QUESTION, VertxCases::whole)),
              WHOLE));
      all.add(
          http2(
              "document-of-pieces",
              secure,
              DOCUMENT,
              (w, c, url) ->
                  result(
                      w,
                      read(
                          w,
                          request(c, url),
                          request -> {
                            request.setChunked(true);
                            VertxRequests.pieces(request);
                            request.end();
                            return request.response();
                          },
                          VertxCases::whole)),
              WHOLE));
      all.add(
          http2(
              "events",
              secure,
              request -> {
                request.response().putHeader("content-type", "text/event-stream").setChunked(true);
                for (String event : CHAT_STREAM.split("(?<=\n\n)")) {
                  request.response().write(event);
                }
                request.response().end();
              },
              (w, c, url) -> result(w, sent(w, c, url, STREAM_QUESTION, VertxCases::oneAtATime)),
              WHOLE.and("stream", "true")));
      all.add(
          http2(
              "empty",
              secure,
              request -> request.response().setStatusCode(429).end(),
              (w, c, url) -> result(w, sent(w, c, url, QUESTION, VertxCases::whole)),
              refused(429, "429")));
      all.add(
          http2(
              "reset-by-the-server-within-the-body",
              secure,
              request -> {
                request.response().putHeader("content-type", "text/event-stream").setChunked(true);
                request
                    .response()
                    .write(CHAT_STREAM.substring(0, 700))
                    .onComplete(written -> request.response().reset(2));
              },
              (w, c, url) -> {
                w.seen.chance();
                result(w, sent(w, c, url, STREAM_QUESTION, VertxCases::handlers));
              },
              Ledger.one("outcome", "failed")));
      all.add(
          http2(
              "reset-by-the-application-within-the-body",
              secure,
              request -> {
                request.response().putHeader("content-type", "text/event-stream").setChunked(true);
                request.response().write(CHAT_STREAM.substring(0, 700));
              },
              (w, c, url) -> {
                VertxReader reader = new VertxReader(w);
                Future<?> read =
                    sent(
                        w,
                        c,
                        url,
                        STREAM_QUESTION,
                        (world, response) -> {
                          world.kept.put("request", response.request());
                          return reader.read(response);
                        });
                reader.awaitBegun();
                ((HttpClientRequest) w.kept.get("request")).reset();
                result(w, read);
              },
              estimated().and("outcome", "abandoned").and("error_code", "cancelled")));
      all.add(
          http2(
              "three-at-once",
              secure,
              DOCUMENT,
              (w, c, url) -> {
                List<Future<?>> answers = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                  answers.add(sent(w, c, url, QUESTION, (world, r) -> r.body()));
                }
                for (Future<?> answer : answers) {
                  result(w, answer);
                }
              },
              reported().thenAnother(reported()).thenAnother(reported())));
    }
    return all;
  }

  private static Case http2(
      String name,
      boolean secure,
      Handler<HttpServerRequest> answer,
      Program program,
      Ledger ledger) {
    return new Case(
        (secure ? "h2-" : "h2c-") + name,
        (w, q, r) -> r.close(),
        world -> {
          Vertx vertx = Vertx.vertx();
          try {
            HttpServer server =
                result(
                    world,
                    vertx
                        .createHttpServer(serverOptions(secure))
                        .requestHandler(
                            request ->
                                request
                                    .body()
                                    .onSuccess(
                                        body -> {
                                          world.seen.body("server got", body.getBytes());
                                          answer.handle(request);
                                        }))
                        .listen(0, "127.0.0.1"));
            HttpClientOptions options =
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false)
                    .setDecompressionSupported(true);
            if (secure) {
              options.setSsl(true).setUseAlpn(true).setTrustAll(true).setVerifyHost(false);
            }
            program.run(
                world,
                vertx.createHttpClient(options),
                (secure ? "https" : "http") + "://127.0.0.1:" + server.actualPort() + CHAT_PATH);
          } finally {
            result(world, vertx.close());
          }
        },
        ledger);
  }

  private static HttpServerOptions serverOptions(boolean secure) throws Exception {
    HttpServerOptions options = new HttpServerOptions().setCompressionSupported(true);
    if (!secure) {
      return options;
    }
    try (InputStream store = LocalhostTls.class.getResourceAsStream("localhost.p12")) {
      return options
          .setSsl(true)
          .setUseAlpn(true)
          .setKeyCertOptions(
              new PfxOptions()
                  .setPassword("loopback")
                  .setValue(Buffer.buffer(store.readAllBytes())));
    }
  }
}
