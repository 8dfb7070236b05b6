package io.costattr.it.differential;

import static io.costattr.it.differential.AsyncHttpClientCases.ANSWER;
import static io.costattr.it.differential.AsyncHttpClientCases.asked;
import static io.costattr.it.differential.AsyncHttpClientCases.once;
import static io.costattr.it.differential.AsyncHttpClientCases.request;
import static io.costattr.it.differential.AsyncHttpClientCases.using;
import static io.costattr.it.differential.AsyncHttpClientCases.whole;
import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.one;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.asynchttpclient.Dsl.basicAuthRealm;
import static org.asynchttpclient.Dsl.proxyServer;

import io.costattr.it.differential.Case.Script;
import io.costattr.loopback.Coding;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.filter.FilterContext;
import org.asynchttpclient.filter.ResponseFilter;
import org.asynchttpclient.request.body.generator.ByteArrayBodyGenerator;
import org.asynchttpclient.request.body.generator.FileBodyGenerator;
import org.asynchttpclient.request.body.multipart.StringPart;

/** What may be sent through async-http-client, and what comes before an answer. */
final class AsyncHttpClientRequests {
  private static final String MODEL = "request_model";
  private static final Ledger WHOLE = reported().and(MODEL, "gpt-4o-mini");

  private AsyncHttpClientRequests() {}

  static List<Case> cases() {
    List<Case> all = new ArrayList<>(bodies());
    all.addAll(heads());
    all.addAll(attempts());
    all.addAll(connections());
    return all;
  }

  private static List<Case> bodies() {
    byte[] question = QUESTION.getBytes(UTF_8);
    return List.of(
        body("text", request -> request.setBody(QUESTION)),
        body("bytes", request -> request.setBody(question)),
        body("several-arrays", request -> request.setBody(pieces())),
        body("byte-buffer", request -> request.setBody(ByteBuffer.wrap(question))),
        body("netty-buffer", request -> request.setBody(Unpooled.wrappedBuffer(question))),
        body("stream", request -> request.setBody(new ByteArrayInputStream(question))),
        body("generator", request -> request.setBody(new ByteArrayBodyGenerator(question))),
        body(
            "gzip-ed-request",
            request ->
                request
                    .setHeader("Content-Encoding", "gzip")
                    .setBody(Coding.GZIP.encode(question))),
        body("large-body", request -> request.setBody(" ".repeat(1_000_000) + QUESTION)),
        body(
            "large-stream",
            request ->
                request.setBody(
                    new ByteArrayInputStream((" ".repeat(1_000_000) + QUESTION).getBytes(UTF_8)))),
        file(
            "file-of-a-generator",
            (request, file) -> request.setBody(new FileBodyGenerator(file)),
            WHOLE),
        file("file", (request, file) -> request.setBody(file), WHOLE),
        new Case(
            "multipart",
            ANSWER,
            w ->
                using(
                    once(),
                    client ->
                        whole(
                            w,
                            client
                                .preparePost(w.url("/v1/images/edits"))
                                .setHeader("Content-Type", "multipart/form-data; boundary=part")
                                .addBodyPart(new StringPart("model", "gpt-image-1")))),
            one("endpoint", "image")),
        new Case(
            "no-body",
            ANSWER,
            w -> using(once(), client -> whole(w, request(client, w.url(CHAT_PATH)))),
            reported().and(MODEL, "null")));
  }

  private static List<Case> heads() {
    return List.of(
        body(
            "expect-continue",
            request -> request.setHeader("Expect", "100-continue").setBody(QUESTION)),
        new Case(
            "get-of-a-stored-completion",
            ANSWER,
            w ->
                using(
                    once(),
                    client -> whole(w, client.prepareGet(w.url(CHAT_PATH + "/chatcmpl-1?a=b")))),
            nothing()),
        new Case(
            "head",
            (w, q, r) -> r.raw("HTTP/1.1 200 OK\r\ncontent-length: 77\r\n\r\n".getBytes(UTF_8)),
            w -> using(once(), client -> whole(w, client.prepareHead(w.url(CHAT_PATH)))),
            nothing()),
        new Case(
            "answered-before-the-body-was-sent",
            (w, q, r) -> r.status(413).body("{}"),
            w -> asked(w, AsyncHttpClientCases::whole),
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
            w -> asked(w, AsyncHttpClientCases::whole),
            one()));
  }

  private static List<Case> attempts() {
    Script moved =
        (w, q, r) -> {
          if (q.target().startsWith("/v1/")) {
            r.status(307).header("location", "/v2/chat/completions").body("moved");
          } else {
            ANSWER.answer(w, q, r);
          }
        };
    return List.of(
        new Case(
            "redirect-that-is-followed",
            moved,
            w ->
                using(
                    once().setFollowRedirect(true),
                    client -> whole(w, request(client, w.url(CHAT_PATH)).setBody(QUESTION))),
            WHOLE.and("attempt", "1|2")),
        new Case(
            "redirect-that-is-not-followed",
            moved,
            w -> asked(w, AsyncHttpClientCases::whole),
            nothing()),
        new Case(
            "challenge",
            (w, q, r) -> {
              if (String.valueOf(q.header("authorization")).startsWith("Basic")) {
                ANSWER.answer(w, q, r);
              } else {
                r.status(401).header("www-authenticate", "Basic realm=\"r\"").body("{}");
              }
            },
            w ->
                using(
                    once(),
                    client ->
                        whole(
                            w,
                            client
                                .preparePost(w.url(CHAT_PATH))
                                .setRealm(basicAuthRealm("a", "b"))
                                .setBody(QUESTION))),
            refused(401, "401").then(WHOLE)),
        new Case(
            "closed-instead-of-an-answer",
            (w, q, r) -> {
              if (w.kept.put("asked", true) == null) {
                r.close();
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w ->
                using(
                    once().setMaxRequestRetry(1),
                    client -> whole(w, request(client, w.url(CHAT_PATH)).setBody(QUESTION))),
            one("cost_basis", "unknown", "outcome", "failed").then(WHOLE)),
        new Case(
            "replayed-by-a-filter",
            (w, q, r) -> {
              if (w.kept.put("asked", true) == null) {
                r.status(500).body("{}");
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w ->
                using(
                    once().addResponseFilter(AGAIN),
                    client -> whole(w, request(client, w.url(CHAT_PATH)).setBody(QUESTION))),
            refused(500, "500").then(WHOLE)));
  }

  private static final ResponseFilter AGAIN =
      new ResponseFilter() {
        @Override
        public <T> FilterContext<T> filter(FilterContext<T> context) {
          return context.getResponseStatus().getStatusCode() == 500
              ? new FilterContext.FilterContextBuilder<>(context)
                  .request(context.getRequest())
                  .replayRequest(true)
                  .build()
              : context;
        }
      };

  private static List<Case> connections() {
    return List.of(
        new Case(
            "proxy",
            ANSWER,
            w ->
                using(
                    once().setProxyServer(proxyServer("127.0.0.1", w.server().port())),
                    client ->
                        whole(
                            w,
                            request(client, "http://api.openai.com" + CHAT_PATH)
                                .setBody(QUESTION))),
            WHOLE.and("provider", "openai").and("server_address", "api.openai.com")),
        new Case(
            "unknown-host",
            ANSWER,
            w ->
                using(
                    once(),
                    client ->
                        whole(w, request(client, w.unknownHostUrl(CHAT_PATH)).setBody(QUESTION))),
            reported().and("provider", "openai-compatible")),
        new Case(
            "the-same-connection-again",
            ANSWER,
            w ->
                using(
                    once(),
                    client -> {
                      for (int i = 0; i < 3; i++) {
                        whole(w, request(client, w.url(CHAT_PATH)).setBody(QUESTION));
                      }
                    }),
            reported().thenAnother(reported()).thenAnother(reported())),
        new Case(
            "the-same-connection-for-something-else",
            ANSWER,
            w ->
                using(
                    once(),
                    client -> {
                      whole(w, request(client, w.url(CHAT_PATH)).setBody(QUESTION));
                      whole(w, request(client, w.url("/other")).setBody(QUESTION));
                    }),
            reported()),
        new Case(
            "closed-client",
            ANSWER,
            w ->
                using(
                    once(),
                    client -> {
                      client.close();
                      try {
                        whole(w, request(client, w.url(CHAT_PATH)).setBody(QUESTION));
                      } catch (IllegalStateException e) {
                        w.seen.kind("asking", e);
                      }
                    }),
            nothing()));
  }

  private static Case body(String name, UnaryOperator<BoundRequestBuilder> body) {
    return new Case(
        name,
        ANSWER,
        w -> using(once(), client -> whole(w, body.apply(request(client, w.url(CHAT_PATH))))),
        WHOLE);
  }

  private static Case file(
      String name, BiFunction<BoundRequestBuilder, File, BoundRequestBuilder> body, Ledger ledger) {
    return new Case(
        name,
        ANSWER,
        w -> {
          Path file = Files.writeString(Files.createTempFile("costattr", ".json"), QUESTION);
          try {
            asked(w, (world, request) -> whole(world, body.apply(request, file.toFile())));
          } finally {
            Files.delete(file);
          }
        },
        ledger);
  }

  private static List<byte[]> pieces() {
    List<byte[]> pieces = new ArrayList<>();
    for (String piece : QUESTION.split("(?<=,)")) {
      pieces.add(piece.getBytes(UTF_8));
    }
    return pieces;
  }
}
