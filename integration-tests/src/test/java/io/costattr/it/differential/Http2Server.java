package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.loopback.LocalhostTls;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A server of Reactor Netty's that speaks HTTP/2, over TLS or without. */
final class Http2Server implements AutoCloseable {
  static final Answer DOCUMENT =
      (request, response) ->
          response.header("content-type", "application/json").sendString(Mono.just(CHAT));

  static final Answer EVENTS =
      (request, response) ->
          response
              .sse()
              .header("content-type", "text/event-stream")
              .sendString(Flux.fromArray(CHAT_STREAM.split("(?<=\n\n)")));

  /** Ends in the middle, and does not end. */
  static final Answer STALLED =
      (request, response) ->
          response
              .sse()
              .header("content-type", "text/event-stream")
              .sendString(Flux.just(CHAT_STREAM.substring(0, 700)).concatWith(Mono.never()));

  /** Ends in the middle, by a reset of the stream. */
  static final Answer RESET =
      (request, response) ->
          response.sendString(
              Flux.just(CHAT_STREAM.substring(0, 700))
                  .concatWith(Mono.error(new IllegalStateException("server"))));

  /** Answers only what has been redirected once. */
  static final Answer MOVED =
      (request, response) ->
          request.uri().startsWith("/v1/")
              ? response.sendRedirect("/v2/chat/completions")
              : DOCUMENT.apply(request, response);

  private final DisposableServer running;
  private final boolean secure;

  private Http2Server(DisposableServer running, boolean secure) {
    this.running = running;
    this.secure = secure;
  }

  /** How the server answers. */
  interface Answer extends BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {}

  static Http2Server start(World world, boolean secure, HttpProtocol protocol, Answer answer) {
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
    return new Http2Server(running, secure);
  }

  /** Where chat completions are asked for. */
  String url() {
    return (secure ? "https" : "http") + "://127.0.0.1:" + running.port() + CHAT_PATH;
  }

  @Override
  public void close() {
    running.disposeNow();
  }

  static SslContext tls(boolean client) {
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
