package io.costattr.it.versions;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.loopback.LocalhostTls;
import io.costattr.loopback.WireServer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * Servers that give a request to {@code /any/path} the answer that was posted to {@code /any}: its
 * headers, one a line, and behind an empty line its body; with status 429. What is asked of {@code
 * /spent/} is answered. One over HTTP/1.1, one behind TLS that negotiates HTTP/2.
 */
final class Answering implements AutoCloseable {
  private static final String PAID =
      "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"gpt-4o-mini\",\"choices\":[],"
          + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,\"total_tokens\":10}}";

  private final WireServer plain;
  private final Server secure = new Server();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  private record Answer(List<Map.Entry<String, String>> headers, byte[] body) {
    static final Answer NONE = new Answer(List.of(), new byte[0]);

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
              // Some clients send the whole URL.
              String path = URI.create(request.path()).getPath();
              paths.add(path);
              if (isKind(path)) {
                answers.put(path, Answer.of(request.text()));
                reply.body("");
                return;
              }
              if (path.startsWith("/spent/")) {
                reply.header("content-type", "application/json").body(PAID);
                return;
              }
              Answer given = answer(path);
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

  private static boolean isKind(String path) {
    return path.indexOf('/', 1) < 0;
  }

  private Answer answer(String path) {
    return answers.getOrDefault(path.substring(0, path.indexOf('/', 1)), Answer.NONE);
  }

  private void answer(Request request, Response response, Callback done) throws Exception {
    String path = Request.getPathInContext(request);
    paths.add(path);
    String question = Content.Source.asString(request);
    if (isKind(path)) {
      answers.put(path, Answer.of(question));
      done.succeeded();
      return;
    }
    Answer given = answer(path);
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

  /** How many completions were asked for. */
  int chats() {
    return (int) paths.stream().filter(path -> path.endsWith("/completions")).count();
  }

  @Override
  public void close() throws Exception {
    plain.close();
    secure.stop();
  }
}
