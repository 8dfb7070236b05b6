package io.costattr.it.differential;

import static io.costattr.it.differential.AsyncHttpClientCases.once;
import static io.costattr.it.differential.AsyncHttpClientCases.request;
import static io.costattr.it.differential.AsyncHttpClientCases.result;
import static io.costattr.it.differential.AsyncHttpClientCases.using;
import static io.costattr.it.differential.AsyncHttpClientCases.whole;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.one;
import static io.costattr.it.differential.Ledger.reported;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Response;
import org.asynchttpclient.request.body.generator.ByteArrayBodyGenerator;
import reactor.netty.http.HttpProtocol;

/** HTTP/2, which later versions speak by themselves with a server that knows it. */
final class AsyncHttpClientHttp2 {
  private static final Ledger WHOLE = reported().and("request_model", "gpt-4o-mini");

  private AsyncHttpClientHttp2() {}

  /** What the application does. */
  private interface Program {
    void run(World world, AsyncHttpClient client, String url) throws Exception;
  }

  static List<Case> cases() {
    return List.of(
        http2(
            "document",
            Http2Server.DOCUMENT,
            (w, client, url) -> whole(w, request(client, url).setBody(QUESTION)),
            WHOLE),
        http2(
            "compressed-document",
            Http2Server.DOCUMENT,
            (w, client, url) ->
                whole(
                    w, request(client, url).setHeader("Accept-Encoding", "gzip").setBody(QUESTION)),
            WHOLE),
        http2(
            "request-of-a-stream",
            Http2Server.DOCUMENT,
            (w, client, url) ->
                whole(
                    w,
                    request(client, url)
                        .setBody(new ByteArrayInputStream(QUESTION.getBytes(UTF_8)))),
            WHOLE),
        http2(
            "large-request-of-a-generator",
            Http2Server.DOCUMENT,
            (w, client, url) ->
                whole(
                    w,
                    request(client, url)
                        .setBody(
                            new ByteArrayBodyGenerator(
                                (" ".repeat(500_000) + QUESTION).getBytes(UTF_8)))),
            WHOLE),
        http2(
            "events",
            Http2Server.EVENTS,
            (w, client, url) ->
                AsyncHttpClientCases.handler(w, request(client, url).setBody(STREAM_QUESTION)),
            reported().and("stream", "true")),
        http2(
            "empty",
            (request, response) -> response.status(429).send(),
            (w, client, url) -> whole(w, request(client, url).setBody(QUESTION)),
            Ledger.refused(429, "429")),
        http2(
            "redirect",
            Http2Server.MOVED,
            (w, client, url) ->
                whole(w, request(client, url).setFollowRedirect(true).setBody(QUESTION)),
            // The library completes the future with nothing, and does not follow.
            nothing()),
        http2(
            "reset-within-the-body",
            Http2Server.RESET,
            (w, client, url) ->
                AsyncHttpClientCases.handler(w, request(client, url).setBody(STREAM_QUESTION)),
            one("http_status", "200", "outcome", "failed")),
        http2(
            "cancelled-within-the-body",
            Http2Server.STALLED,
            (w, client, url) -> {
              AsyncHttpClientReader reader = new AsyncHttpClientReader(w);
              ListenableFuture<String> future =
                  request(client, url).setBody(STREAM_QUESTION).execute(reader);
              reader.awaitBegun();
              w.seen.say("cancelled", future.cancel(true));
              result(w, future);
            },
            estimated().and("outcome", "abandoned")),
        http2(
            "three-at-once-on-one-connection",
            Http2Server.DOCUMENT,
            (w, client, url) -> {
              whole(w, request(client, url).setBody(QUESTION));
              List<ListenableFuture<Response>> answers = new ArrayList<>();
              for (int i = 0; i < 2; i++) {
                answers.add(request(client, url).setBody(QUESTION).execute());
              }
              for (ListenableFuture<Response> answer : answers) {
                result(w, answer);
              }
            },
            reported().thenAnother(reported()).thenAnother(reported())));
  }

  private static Case http2(
      String name, Http2Server.Answer answer, Program program, Ledger ledger) {
    return new Case(
        "h2-" + name,
        (w, q, r) -> r.close(),
        w -> {
          try (Http2Server server = Http2Server.start(w, true, HttpProtocol.H2, answer)) {
            using(
                once()
                    .setUseInsecureTrustManager(true)
                    .setDisableHttpsEndpointIdentificationAlgorithm(true),
                client -> program.run(w, client, server.url()));
          }
        },
        ledger);
  }
}
