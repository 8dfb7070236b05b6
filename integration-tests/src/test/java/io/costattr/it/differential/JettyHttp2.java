package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.JettyCases.question;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.loopback.Coding;
import io.costattr.loopback.LocalhostTls;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty's client over HTTP/2, over TLS and without, against Jetty's own server. */
final class JettyHttp2 {
  private static final Ledger WHOLE = reported().and("request_model", "gpt-4o-mini");

  private JettyHttp2() {}

  /** How the server answers. */
  private interface Answer {
    void give(Request request, Response response, Callback done) throws Exception;
  }

  private static final Answer DOCUMENT =
      (request, response, done) -> {
        response.getHeaders().put("Content-Type", "application/json");
        response.write(true, ByteBuffer.wrap(CHAT.getBytes(UTF_8)), done);
      };

  static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (boolean secure : new boolean[] {true, false}) {
      all.add(http2("document", secure, DOCUMENT, QUESTION, JettyCases::whole, WHOLE));
      all.add(http2("document-of-pieces", secure, DOCUMENT, QUESTION, JettyHttp2::pieces, WHOLE));
      all.add(
          http2(
              "gzip",
              secure,
              (request, response, done) -> {
                response.getHeaders().put("Content-Type", "application/json");
                response.getHeaders().put("Content-Encoding", "gzip");
                response.write(
                    true, ByteBuffer.wrap(Coding.GZIP.encode(CHAT.getBytes(UTF_8))), done);
              },
              QUESTION,
              JettyCases::oneAtATime,
              WHOLE));
      all.add(
          http2(
              "events",
              secure,
              (request, response, done) -> {
                response.getHeaders().put("Content-Type", "text/event-stream");
                for (String event : CHAT_STREAM.split("(?<=\n\n)")) {
                  Content.Sink.write(response, false, ByteBuffer.wrap(event.getBytes(UTF_8)));
                }
                response.write(true, null, done);
              },
              STREAM_QUESTION,
              JettyCases::listener,
              WHOLE.and("stream", "true")));
      all.add(
          http2(
              "empty",
              secure,
              (request, response, done) -> {
                response.setStatus(429);
                done.succeeded();
              },
              QUESTION,
              JettyCases::whole,
              refused(429, "429")));
      all.add(
          http2(
              "reset-within-the-body",
              secure,
              (request, response, done) -> {
                response.getHeaders().put("Content-Type", "text/event-stream");
                Content.Sink.write(
                    response,
                    false,
                    ByteBuffer.wrap(CHAT_STREAM.substring(0, 700).getBytes(UTF_8)));
                request.getConnectionMetaData().getConnection().getEndPoint().close();
                done.failed(new IllegalStateException("server"));
              },
              STREAM_QUESTION,
              (world, request) -> {
                world.seen.chance();
                JettyCases.listener(world, request);
              },
              Ledger.one("outcome", "failed")));
      all.add(
          http2(
              "aborted-within-the-body",
              secure,
              (request, response, done) -> {
                response.getHeaders().put("Content-Type", "text/event-stream");
                Content.Sink.write(
                    response,
                    false,
                    ByteBuffer.wrap(CHAT_STREAM.substring(0, 700).getBytes(UTF_8)));
              },
              STREAM_QUESTION,
              (world, request) -> {
                JettyListener listener = new JettyListener(world);
                request.send(listener);
                listener.awaitBegun();
                world.seen.say("aborted", request.abort(new CancellationException()).get());
                listener.await();
              },
              estimated().and("outcome", "abandoned").and("error_code", "cancelled")));
      all.add(
          http2(
              "three-at-once",
              secure,
              DOCUMENT,
              QUESTION,
              JettyHttp2::threeAtOnce,
              reported().thenAnother(reported()).thenAnother(reported())));
    }
    return all;
  }

  private static Case http2(
      String name,
      boolean secure,
      Answer answer,
      String question,
      JettyCases.Sending sending,
      Ledger ledger) {
    return new Case(
        (secure ? "h2-" : "h2c-") + name,
        (w, q, r) -> r.close(),
        world -> {
          Server server = server(secure, answer);
          server.start();
          int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
          String url = (secure ? "https" : "http") + "://127.0.0.1:" + port + CHAT_PATH;
          try {
            JettyCases.using(
                client(),
                client -> {
                  world.kept.put("client", client);
                  sending.run(world, question(client, url, question));
                });
          } finally {
            server.stop();
          }
        },
        ledger);
  }

  private static HttpClient client() {
    SslContextFactory.Client tls = new SslContextFactory.Client(true);
    tls.setEndpointIdentificationAlgorithm(null);
    ClientConnector connector = new ClientConnector();
    connector.setSslContextFactory(tls);
    return new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client(connector)));
  }

  private static Server server(boolean secure, Answer answer) {
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    http.setSendDateHeader(false);
    ServerConnector connector;
    if (secure) {
      SecureRequestCustomizer customizer = new SecureRequestCustomizer();
      customizer.setSniHostCheck(false);
      http.addCustomizer(customizer);
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setSslContext(LocalhostTls.context());
      ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2");
      connector = new ServerConnector(server, tls, alpn, new HTTP2ServerConnectionFactory(http));
    } else {
      connector = new ServerConnector(server, new HTTP2CServerConnectionFactory(http));
    }
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback done)
              throws Exception {
            Content.Source.asString(request);
            answer.give(request, response, done);
            return true;
          }
        });
    return server;
  }

  private static void pieces(World world, org.eclipse.jetty.client.Request request)
      throws Exception {
    AsyncRequestContent content = new AsyncRequestContent("application/json");
    JettyListener listener = new JettyListener(world);
    request.body(content).send(listener);
    for (String piece : QUESTION.split("(?<=,)")) {
      content.write(false, ByteBuffer.wrap(piece.getBytes(UTF_8)), Callback.NOOP);
      content.flush();
    }
    content.close();
    listener.await();
  }

  private static void threeAtOnce(World world, org.eclipse.jetty.client.Request request)
      throws Exception {
    List<CompletableFuture<ContentResponse>> answers = new ArrayList<>();
    answers.add(new CompletableResponseListener(request).send());
    for (int i = 0; i < 2; i++) {
      org.eclipse.jetty.client.Request another =
          question((HttpClient) world.kept.get("client"), request.getURI().toString(), QUESTION);
      answers.add(new CompletableResponseListener(another).send());
    }
    for (CompletableFuture<ContentResponse> answer : answers) {
      world.seen.body("body", answer.get(30, TimeUnit.SECONDS).getContent());
    }
  }
}
