package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.ReactorNettyCases.ANSWER;
import static io.costattr.it.differential.ReactorNettyCases.asked;
import static io.costattr.it.differential.ReactorNettyCases.client;
import static io.costattr.it.differential.ReactorNettyCases.described;
import static io.costattr.it.differential.ReactorNettyCases.flux;
import static io.costattr.it.differential.ReactorNettyCases.pooled;
import static io.costattr.it.differential.ReactorNettyCases.posted;
import static io.costattr.it.differential.ReactorNettyCases.whole;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.it.differential.Case.Script;
import io.costattr.loopback.Coding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;

/** Bodies and heads that an application sends. */
final class ReactorNettyRequests {
  private static final byte[] BYTES = QUESTION.getBytes(UTF_8);

  private ReactorNettyRequests() {}

  static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    all.addAll(bodies());
    all.addAll(heads());
    all.addAll(redirects());
    return all;
  }

  private static List<Case> bodies() {
    return List.of(
        posting("of-parts", flux(QUESTION.split("(?<=,)"))),
        posting("of-empty-parts", flux("", QUESTION, "")),
        posting("of-heap-buffer", Mono.fromSupplier(() -> Unpooled.wrappedBuffer(BYTES))),
        posting("of-direct-buffer", Mono.fromSupplier(ReactorNettyRequests::direct)),
        posting("of-read-only-buffer", Mono.fromSupplier(() -> direct().asReadOnly())),
        posting("of-composite-buffer", Mono.fromSupplier(ReactorNettyRequests::composite)),
        posting("of-read-on-buffer", Mono.fromSupplier(ReactorNettyRequests::readOn)),
        posting(
            "of-direct-buffers",
            Flux.fromArray(QUESTION.split("(?<=,)"))
                .map(part -> Unpooled.directBuffer().writeBytes(part.getBytes(UTF_8)))),
        posting(
            "of-codings-parts",
            client().headers(h -> h.set("Content-Encoding", "gzip")),
            Mono.fromSupplier(() -> Unpooled.wrappedBuffer(Coding.GZIP.encode(BYTES)))),
        posting(
            "of-known-length",
            client().headers(h -> h.set("Content-Length", BYTES.length)),
            flux(QUESTION.split("(?<=,)"))),
        sending("send-object", (request, out) -> out.sendObject(direct())),
        sending(
            "send-objects",
            (request, out) ->
                out.sendObject(
                    Flux.just(QUESTION.substring(0, 9), QUESTION.substring(9))
                        .map(part -> Unpooled.copiedBuffer(part, UTF_8)),
                    part -> true)),
        sending("send-string", (request, out) -> out.sendString(Mono.just(QUESTION))),
        sending("send-bytes", (request, out) -> out.sendByteArray(Flux.just(BYTES))),
        sending(
            "send-groups",
            (request, out) ->
                out.sendGroups(
                    Flux.just(flux(QUESTION.substring(0, 9)), flux(QUESTION.substring(9))))),
        sending(
            "send-head-first",
            (request, out) -> out.then().then(out.sendString(Flux.just(QUESTION)).then())),
        new Case(
            "buffer-that-is-freed-when-sent",
            ANSWER,
            w -> {
              ByteBuf buffer = composite();
              whole(w, posted(client(), w.url(CHAT_PATH), Mono.just(buffer)));
              w.seen.say("references", buffer.refCnt());
            },
            reported().and("request_model", "gpt-4o-mini")),
        new Case(
            "send-file",
            ANSWER,
            w -> {
              Path file = Files.createTempFile("costattr", ".json");
              Files.write(file, BYTES);
              whole(
                  w,
                  described(client())
                      .post()
                      .uri(w.url(CHAT_PATH))
                      .send((request, out) -> out.sendFile(file)));
              Files.delete(file);
            },
            // The kernel sends it.
            reported().and("request_model", "null")),
        new Case(
            "no-body",
            ANSWER,
            w -> whole(w, described(client()).post().uri(w.url(CHAT_PATH))),
            reported().and("request_model", "null")),
        new Case(
            "body-that-fails",
            ANSWER,
            w -> {
              try {
                whole(
                    w,
                    posted(
                        client(),
                        w.url(CHAT_PATH),
                        Mono.error(new IllegalStateException("no body"))));
              } finally {
                w.awaitConnection();
              }
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("error_code", ".*IllegalStateException")),
        new Case(
            "body-that-fails-midway",
            ANSWER,
            w ->
                whole(
                    w,
                    posted(
                        client(),
                        w.url(CHAT_PATH),
                        flux("{\"model\":")
                            .concatWith(Mono.error(new IllegalStateException("no more"))))),
            Ledger.one("http_status", "null", "outcome", "failed")),
        new Case(
            "handler-that-throws",
            ANSWER,
            w -> {
              try {
                whole(
                    w,
                    described(client())
                        .post()
                        .uri(w.url(CHAT_PATH))
                        .send(
                            (request, out) -> {
                              throw new IllegalStateException("handler");
                            }));
              } finally {
                w.awaitConnection();
              }
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")));
  }

  private static List<Case> heads() {
    return List.of(
        new Case(
            "expect-continue",
            ANSWER,
            w ->
                whole(
                    w,
                    asked(
                        client().headers(h -> h.set("Expect", "100-continue")),
                        w.url(CHAT_PATH),
                        QUESTION)),
            reported().and("request_model", "gpt-4o-mini")),
        new Case(
            "base-url",
            ANSWER,
            w -> whole(w, asked(client().baseUrl(w.url("/v1")), "/chat/completions", QUESTION)),
            reported()),
        new Case(
            "remote-address",
            ANSWER,
            w ->
                whole(
                    w,
                    asked(
                        client()
                            .remoteAddress(
                                () -> new InetSocketAddress("127.0.0.1", w.server().port())),
                        CHAT_PATH + "?a=b",
                        QUESTION)),
            reported()),
        new Case(
            "headers-that-come-later",
            ANSWER,
            w ->
                whole(
                    w,
                    asked(
                        client().headersWhen(h -> Mono.just(h.set("X-Late", "1"))),
                        w.url(CHAT_PATH),
                        QUESTION)),
            reported()),
        new Case(
            "callbacks",
            ANSWER,
            w ->
                whole(
                    w,
                    asked(
                        client()
                            .doOnRequest((request, c) -> w.seen.say("request", request.uri()))
                            .doAfterRequest((request, c) -> w.seen.say("sent", request.method()))
                            .doOnResponse((response, c) -> w.seen.say("head", response.status()))
                            .doAfterResponseSuccess((response, c) -> w.gate("answered").open()),
                        w.url(CHAT_PATH),
                        QUESTION)),
            reported()),
        new Case(
            "unknown-host",
            ANSWER,
            w -> whole(w, asked(client(), w.unknownHostUrl(CHAT_PATH), QUESTION)),
            reported().and("provider", "openai-compatible")),
        new Case(
            "get-of-a-stored-response",
            ANSWER,
            w -> whole(w, described(client()).get().uri(w.url("/v1/responses/resp_1"))),
            nothing()),
        new Case(
            "head-of-a-model-path",
            (w, q, r) -> r.raw("HTTP/1.1 200 OK\r\ncontent-length: 77\r\n\r\n".getBytes(UTF_8)),
            w -> whole(w, described(client()).head().uri(w.url(CHAT_PATH))),
            nothing()));
  }

  private static List<Case> redirects() {
    Script moved =
        (w, q, r) -> {
          if (q.path().startsWith("/old/")) {
            r.status(307).header("location", CHAT_PATH).body("moved");
          } else {
            ANSWER.answer(w, q, r);
          }
        };
    return List.of(
        new Case(
            "redirect-307",
            moved,
            w ->
                whole(
                    w,
                    asked(client().followRedirect(true), w.url("/old/chat/completions"), QUESTION)),
            reported().and("request_model", "gpt-4o-mini")),
        new Case(
            "redirect-303",
            (w, q, r) -> {
              if (q.method().equals("POST")) {
                r.status(303).header("location", "/v1/responses/resp_1").body("there");
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w ->
                whole(
                    w,
                    asked(
                        client()
                            .followRedirect((request, response) -> response.status().code() == 303),
                        w.url(CHAT_PATH),
                        QUESTION)),
            nothing()),
        new Case(
            "redirect-not-followed",
            (w, q, r) -> r.status(307).header("location", CHAT_PATH).body("moved"),
            w -> whole(w, asked(w)),
            nothing()),
        new Case(
            "tried-again-by-the-client",
            ANSWER,
            w -> {
              HttpClient client = pooled();
              // As on a connection of the pool's that the server has closed meanwhile.
              Mono<ByteBuf> body =
                  Mono.defer(
                      () ->
                          w.kept.putIfAbsent("tried", true) == null
                              ? Mono.error(new IOException("Broken pipe"))
                              : Mono.just(direct()));
              whole(w, posted(client, w.url(CHAT_PATH), body));
              client.configuration().connectionProvider().dispose();
            },
            Ledger.one("cost_basis", "none", "outcome", "failed", "http_status", "null")
                .and("error_code", "java.io.IOException")
                .then(reported())),
        new Case(
            "reset-once-it-was-sent",
            (w, q, r) -> r.reset(),
            w -> {
              HttpClient client = pooled();
              try {
                whole(w, asked(client, w.url(CHAT_PATH), QUESTION));
              } finally {
                client.configuration().connectionProvider().dispose();
              }
            },
            unknown().and("outcome", "failed").and("http_status", "null")));
  }

  private static Case posting(String name, Publisher<? extends ByteBuf> body) {
    return posting(name, client(), body);
  }

  private static Case posting(String name, HttpClient client, Publisher<? extends ByteBuf> body) {
    return new Case(
        name,
        ANSWER,
        w -> whole(w, posted(client, w.url(CHAT_PATH), body)),
        reported().and("request_model", "gpt-4o-mini"));
  }

  private static Case sending(
      String name,
      BiFunction<? super HttpClientRequest, ? super NettyOutbound, ? extends Publisher<Void>> how) {
    return new Case(
        name,
        ANSWER,
        w -> whole(w, described(client()).post().uri(w.url(CHAT_PATH)).send(how)),
        reported().and("request_model", "gpt-4o-mini"));
  }

  private static ByteBuf direct() {
    return Unpooled.directBuffer().writeBytes(BYTES);
  }

  private static ByteBuf readOn() {
    ByteBuf buffer = Unpooled.buffer().writeBytes("skipped".getBytes(UTF_8)).writeBytes(BYTES);
    return buffer.skipBytes(7);
  }

  private static ByteBuf composite() {
    CompositeByteBuf all = Unpooled.compositeBuffer();
    all.addComponent(true, Unpooled.directBuffer().writeBytes(BYTES, 0, 20));
    all.addComponent(true, Unpooled.wrappedBuffer(BYTES, 20, 20));
    all.addComponent(true, Unpooled.directBuffer().writeBytes(BYTES, 40, BYTES.length - 40));
    return all;
  }
}
