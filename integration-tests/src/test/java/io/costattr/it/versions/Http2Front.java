package io.costattr.it.versions;

import io.costattr.loopback.LocalhostTls;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The loopback behind TLS and HTTP/2, which it negotiates beside HTTP/1.1: what comes over the
 * latter is refused with status 505, so that a program that has fallen back fails.
 */
final class Http2Front implements AutoCloseable {
  private final LoopbackOpenAi behind = LoopbackOpenAi.start();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Server server = new Server();

  private Http2Front() {}

  static Http2Front start() throws Exception {
    Http2Front front = new Http2Front();
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer());
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
    alpn.setDefaultProtocol("http/1.1");
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(LocalhostTls.context());
    ServerConnector connector =
        new ServerConnector(
            front.server,
            tls,
            alpn,
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    front.server.addConnector(connector);
    front.server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback done)
              throws Exception {
            front.pass(request, response);
            done.succeeded();
            return true;
          }
        });
    front.server.start();
    return front;
  }

  /** What a client takes for {@code https://api.openai.com/v1}; no slash at the end. */
  String baseUrl() {
    return "https://localhost:"
        + ((ServerConnector) server.getConnectors()[0]).getLocalPort()
        + "/v1";
  }

  private void pass(Request request, Response response) throws Exception {
    String question = Content.Source.asString(request);
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      response.setStatus(505);
      return;
    }
    URI asked = URI.create(behind.server().url() + request.getHttpURI().getPathQuery());
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(asked)
                .header("Authorization", "Bearer sk-test")
                .POST(BodyPublishers.ofString(question))
                .build(),
            BodyHandlers.ofInputStream());
    response.setStatus(answer.statusCode());
    answer
        .headers()
        .firstValue("content-type")
        .ifPresent(type -> response.getHeaders().put("content-type", type));
    try (InputStream in = answer.body()) {
      in.transferTo(Content.Sink.asOutputStream(response));
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
    behind.close();
  }
}
