package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.ReactorNettyCases.asked;
import static io.costattr.it.differential.ReactorNettyCases.flux;
import static io.costattr.it.differential.ReactorNettyCases.posted;
import static io.costattr.it.differential.ReactorNettyCases.slowly;
import static io.costattr.it.differential.ReactorNettyCases.whole;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.loopback.LocalhostTls;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/** HTTP/2 over TLS and without, against a server of the library's own. */
final class ReactorNettyHttp2 {
  private static final Answer DOCUMENT =
      (request, response) ->
          response.header("content-type", "application/json").sendString(Mono.just(CHAT));

  private static final Answer EVENTS =
      (request, response) ->
          response
              .sse()
              .header("content-type", "text/event-stream")
              .sendString(Flux.fromArray(CHAT_STREAM.split("(?<=\n\n)")));

  private static final Answer STALLED =
      (request, response) ->
          response
              .sse()
              .header("content-type", "text/event-stream")
              .sendString(Flux.just(CHAT_STREAM.substring(0, 700)).concatWith(Mono.never()));

  private ReactorNettyHttp2() {}

  /** How the server answers. */
  private interface Answer
      extends BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {}

  /** What the application does. */
  private interface Program {
    void run(World world, HttpClient client, String url);
  }

  static List<Case> cases() {
    return List.of(
        http2(
            "document",
            DOCUMENT,
            (w, client, url) -> whole(w, asked(client, url, QUESTION)),
            reported().and("request_model", "gpt-4o-mini")),
        http2(
            "compressed-document",
            DOCUMENT,
            (w, client, url) -> whole(w, asked(client.compress(true), url, QUESTION)),
            reported().and("request_model", "gpt-4o-mini")),
        http2(
            "request-of-parts",
            DOCUMENT,
            (w, client, url) -> whole(w, posted(client, url, flux(QUESTION.split("(?<=,)")))),
            reported().and("request_model", "gpt-4o-mini")),
        http2(
            "events",
            EVENTS,
            (w, client, url) -> slowly(w, asked(client, url, STREAM_QUESTION)),
            reported().and("stream", "true")),
        http2(
            "empty",
            (request, response) -> response.status(429).send(),
            (w, client, url) -> whole(w, asked(client, url, QUESTION)),
            Ledger.refused(429, "429")),
        http2(
            "redirect",
            (request, response) ->
                request.uri().startsWith("/v1/")
                    ? response.sendRedirect("/v2/chat/completions")
                    : DOCUMENT.apply(request, response),
            (w, client, url) ->
                whole(w, asked(client.followRedirect((q, r) -> true), url, QUESTION)),
            reported().and("request_model", "gpt-4o-mini")),
        http2(
            "reset-within-the-body",
            (request, response) ->
                response.sendString(
                    Flux.just(CHAT_STREAM.substring(0, 700))
                        .concatWith(Mono.error(new IllegalStateException("server")))),
            (w, client, url) -> slowly(w, asked(client, url, STREAM_QUESTION)),
            Ledger.one("http_status", "200", "outcome", "failed")),
        http2(
            "cancelled-within-the-body",
            STALLED,
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
            DOCUMENT,
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
            DOCUMENT,
            (w, client, url) -> whole(w, asked(client, url, QUESTION)),
            reported().and("request_model", "gpt-4o-mini")));
  }

  private static Case http2(String name, Answer answer, Program program, Ledger ledger) {
    return of("h2-" + name, true, HttpProtocol.H2, answer, program, ledger);
  }

  private static Case of(
      String name,
      boolean secure,
      HttpProtocol protocol,
      Answer answer,
      Program program,
      Ledger ledger) {
    return new Case(
        name,
        (w, q, r) -> r.close(),
        world -> {
          HttpServer server = HttpServer.create().host("127.0.0.1").protocol(protocol);
          DisposableServer running =
              (secure ? server.secure(spec -> spec.sslContext(tls(false))) : server)
                  .compress(true)
                  .handle(
                      (q, r) ->
                          q.receive()
                              .aggregate()
                              .asString()
                              .flatMapMany(
                                  asked -> {
                                    world.seen.body("server got", asked);
                                    return answer.apply(q, r);
                                  }))
                  .bindNow();
          ConnectionProvider provider = ConnectionProvider.create("h2", 1);
          HttpClient client = HttpClient.create(provider).protocol(protocol).disableRetry(true);
          try {
            program.run(
                world,
                secure ? client.secure(spec -> spec.sslContext(tls(true))) : client,
                (secure ? "https" : "http") + "://127.0.0.1:" + running.port() + CHAT_PATH);
          } finally {
            running.disposeNow();
            provider.dispose();
          }
        },
        ledger);
  }

  private static SslContext tls(boolean client) {
    return new JdkSslContext(
        LocalhostTls.context(),
        client,
        null,
        IdentityCipherSuiteFilter.INSTANCE,
        new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            "h2"),
        ClientAuth.NONE,
        null,
        false);
  }
}
