package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.ReactorNettyCases.asked;
import static io.costattr.it.differential.ReactorNettyCases.flux;
import static io.costattr.it.differential.ReactorNettyCases.posted;
import static io.costattr.it.differential.ReactorNettyCases.slowly;
import static io.costattr.it.differential.ReactorNettyCases.whole;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** HTTP/2 over TLS and without, against a server of the library's own. */
final class ReactorNettyHttp2 {
  private ReactorNettyHttp2() {}

  /** What the application does. */
  private interface Program {
    void run(World world, HttpClient client, String url);
  }

  static List<Case> cases() {
    return List.of(
        http2(
            "document",
            Http2Server.DOCUMENT,
            (w, client, url) -> whole(w, asked(client, url, QUESTION)),
            reported().and("request_model", "gpt-4o-mini")),
        http2(
            "compressed-document",
            Http2Server.DOCUMENT,
            (w, client, url) -> whole(w, asked(client.compress(true), url, QUESTION)),
            reported().and("request_model", "gpt-4o-mini")),
        http2(
            "request-of-parts",
            Http2Server.DOCUMENT,
            (w, client, url) -> whole(w, posted(client, url, flux(QUESTION.split("(?<=,)")))),
            reported().and("request_model", "gpt-4o-mini")),
        http2(
            "events",
            Http2Server.EVENTS,
            (w, client, url) -> slowly(w, asked(client, url, STREAM_QUESTION)),
            reported().and("stream", "true")),
        http2(
            "empty",
            (request, response) -> response.status(429).send(),
            (w, client, url) -> whole(w, asked(client, url, QUESTION)),
            Ledger.refused(429, "429")),
        http2(
            "redirect",
            Http2Server.MOVED,
            (w, client, url) ->
                whole(w, asked(client.followRedirect((q, r) -> true), url, QUESTION)),
            reported().and("request_model", "gpt-4o-mini")),
        http2(
            "reset-within-the-body",
            Http2Server.RESET,
            (w, client, url) -> slowly(w, asked(client, url, STREAM_QUESTION)),
            Ledger.one("http_status", "200", "outcome", "failed")),
        http2(
            "cancelled-within-the-body",
            Http2Server.STALLED,
            (w, client, url) -> {
              ReactorNettySubscriber subscriber = new ReactorNettySubscriber(w);
              asked(client, url, STREAM_QUESTION).responseContent().subscribe(subscriber);
              subscriber.awaitBegun();
              subscriber.cancel();
              w.seen.say("disposed", subscriber.isDisposed());
            },
            estimated().and("outcome", "abandoned")),
        http2(
            "two-at-once-on-one-connection",
            Http2Server.DOCUMENT,
            (w, client, url) ->
                w.seen.say(
                    "lengths",
                    Flux.range(0, 2)
                        .flatMap(i -> asked(client, url, QUESTION).responseContent().aggregate())
                        .map(body -> 1)
                        .collectList()
                        .block()),
            reported().thenAnother(reported())),
        of(
            "h2c-document",
            false,
            HttpProtocol.H2C,
            Http2Server.DOCUMENT,
            (w, client, url) -> whole(w, asked(client, url, QUESTION)),
            reported().and("request_model", "gpt-4o-mini")));
  }

  private static Case http2(
      String name, Http2Server.Answer answer, Program program, Ledger ledger) {
    return of("h2-" + name, true, HttpProtocol.H2, answer, program, ledger);
  }

  private static Case of(
      String name,
      boolean secure,
      HttpProtocol protocol,
      Http2Server.Answer answer,
      Program program,
      Ledger ledger) {
    return new Case(
        name,
        (w, q, r) -> r.close(),
        world -> {
          ConnectionProvider provider = ConnectionProvider.create("h2", 1);
          HttpClient client = HttpClient.create(provider).protocol(protocol).disableRetry(true);
          try (Http2Server server = Http2Server.start(world, secure, protocol, answer)) {
            program.run(
                world,
                secure ? client.secure(spec -> spec.sslContext(Http2Server.tls(true))) : client,
                server.url());
          } finally {
            provider.dispose();
          }
        },
        ledger);
  }
}
