package io.costattr.it.denied;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.loopback.LocalhostTls;
import io.costattr.loopback.WireServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
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
 * Servers that give every request the answer that was posted to {@code /answer}: its headers, one a
 * line, and behind an empty line its body; with status 429. One over HTTP/1.1, one behind TLS that
 * negotiates HTTP/2.
 */
final class Answering implements AutoCloseable {
  private final WireServer plain;
  private final Server secure = new Server();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private volatile Answer answer = new Answer(List.of(), new byte[0]);

  private record Answer(List<Map.Entry<String, String>> headers, byte[] body) {
    static Answer of(String text) {
      int end = text.indexOf("\n\n");
      List<Map.Entry<String, String>> headers = new ArrayList<>();
      for (String line : text.substring(0, end).split("\n")) {
        int colon = line.indexOf(": ");
        String name = line.substring(0, colon);
        if (!name.equals("content-length") && !name.startsWith(":")) {
          headers.add(Map.entry(name, line.substring(colon + 2)));
        }
      }
      return new Answer(headers, text.substring(end + 2).getBytes(UTF_8));
    }
  }

  private Answering() {
    plain =
        WireServer.start(
            (request, reply) -> {
              paths.add(request.path());
              if (request.path().equals("/answer")) {
                answer = Answer.of(request.text());
                reply.body("");
                return;
              }
              Answer given = answer;
              reply.status(429, "Too Many Requests");
              given.headers().forEach(header -> reply.header(header.getKey(), header.getValue()));
              reply.body(given.body());
            });
  }

  static Answering start() throws Exception {
    Answering answering = new Answering();
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer());
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
    alpn.setDefaultProtocol("http/1.1");
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(LocalhostTls.context());
    ServerConnector connector =
        new ServerConnector(
            answering.secure,
            tls,
            alpn,
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    answering.secure.addConnector(connector);
    answering.secure.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback done)
              throws Exception {
            answering.answer(request, response, done);
            return true;
          }
        });
    answering.secure.start();
    return answering;
  }

  private void answer(Request request, Response response, Callback done) throws Exception {
    String path = Request.getPathInContext(request);
    paths.add(path);
    String question = Content.Source.asString(request);
    if (path.equals("/answer")) {
      answer = Answer.of(question);
      done.succeeded();
      return;
    }
    Answer given = answer;
    response.setStatus(429);
    given
        .headers()
        .forEach(header -> response.getHeaders().put(header.getKey(), header.getValue()));
    response.getHeaders().put("content-length", given.body().length);
    response.write(true, ByteBuffer.wrap(given.body()), done);
  }

  /** Over HTTP/1.1; no slash at the end. */
  String plainUrl() {
    return plain.url();
  }

  /** Over HTTP/2 with TLS; no slash at the end. */
  String secureUrl() {
    return "https://localhost:" + ((ServerConnector) secure.getConnectors()[0]).getLocalPort();
  }

  /** The paths of all requests that have come. */
  List<String> paths() {
    return paths;
  }

  @Override
  public void close() throws Exception {
    plain.close();
    secure.stop();
  }
}
