package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static io.costattr.it.differential.UrlConnectionCases.one;
import static io.costattr.it.differential.UrlConnectionCases.read;
import static io.costattr.it.differential.UrlConnectionCases.send;
import static io.costattr.it.differential.UrlConnectionRequests.ANSWER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.costattr.it.differential.Case.Script;
import io.costattr.loopback.LocalhostTls;
import io.costattr.loopback.WireServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;

/** HttpURLConnection with TLS, through tunnels, and with servers that do not wait for a body. */
final class UrlConnectionTunnels {
  private static final Script LOST_ONCE =
      (w, q, r) -> {
        if (w.kept.putIfAbsent("tried", true) == null) {
          r.close();
        } else {
          ANSWER.answer(w, q, r);
        }
      };

  private UrlConnectionTunnels() {}

  static List<Case> cases() {
    Ledger answered = reported().and("request_model", "gpt-4o-mini").and("provider", "openai");
    Ledger lost = unknown().and("outcome", "failed").and("error_code", "java.net.SocketException");
    Ledger untold = Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed");
    return List.of(
        secured("tls", ANSWER, (w, direct) -> direct.ask(Proxy.NO_PROXY, c -> {}), answered),
        secured(
            "tls-streamed",
            ANSWER,
            (w, direct) -> direct.ask(Proxy.NO_PROXY, c -> c.setChunkedStreamingMode(0)),
            answered),
        secured(
            "tls-lost-and-sent-again",
            LOST_ONCE,
            (w, direct) -> direct.ask(Proxy.NO_PROXY, c -> {}),
            lost.then(answered)),
        secured(
            "tls-with-a-certificate-of-nobody",
            ANSWER,
            (w, direct) ->
                direct.ask(
                    Proxy.NO_PROXY,
                    c ->
                        ((HttpsURLConnection) c)
                            .setSSLSocketFactory(HttpsURLConnection.getDefaultSSLSocketFactory())),
            untold.and("error_code", "javax.net.ssl.SSLHandshakeException")),
        secured("tunnel", ANSWER, (w, c) -> tunnelled(w, c, u -> {}), answered),
        secured(
            "tunnel-streamed",
            ANSWER,
            (w, c) -> tunnelled(w, c, u -> u.setChunkedStreamingMode(0)),
            answered),
        secured(
            "tunnel-lost-and-opened-again",
            LOST_ONCE,
            (w, c) -> tunnelled(w, c, u -> {}),
            lost.then(answered)),
        secured(
            "tunnel-refused",
            ANSWER,
            (w, c) -> {
              try (RawServer proxy = RawServer.saying(w, "HTTP/1.1 502 No\r\n\r\n")) {
                c.ask(proxy.proxy(), u -> {});
              }
            },
            untold),
        one(
            "expectation-that-fails",
            ANSWER,
            w -> expecting(w, "HTTP/1.1 417 Expectation Failed\r\ncontent-length: 0\r\n\r\n"),
            refused(417, "417")),
        one(
            "expectation-that-is-answered-at-once",
            ANSWER,
            w -> expecting(w, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"),
            unknown().and("http_status", "200")),
        one(
            "expectation-that-is-cut-off",
            ANSWER,
            w -> expecting(w, ""),
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")));
  }

  /** Asks a server with TLS, through that proxy. */
  private interface Secure {
    void ask(Proxy proxy, UrlConnectionCases.Change change) throws Exception;
  }

  private interface Program {
    void run(World world, Secure server) throws Exception;
  }

  /** A case of which the server is one with TLS. */
  private static Case secured(String name, Script script, Program program, Ledger ledger) {
    return one(
        name,
        script,
        world -> {
          WireServer.Options options = WireServer.Options.defaults().withTls();
          try (WireServer server =
              WireServer.start(options, (request, reply) -> script.answer(world, request, reply))) {
            program.run(
                world,
                (proxy, change) ->
                    ask(world, "https://127.0.0.1:" + server.port() + CHAT_PATH, proxy, change));
            world.seen.requests(server.requests());
          }
        },
        ledger);
  }

  private static void ask(World world, String url, Proxy proxy, UrlConnectionCases.Change change)
      throws IOException {
    HttpsURLConnection connection =
        (HttpsURLConnection) URI.create(url).toURL().openConnection(proxy);
    connection.setSSLSocketFactory(LocalhostTls.context().getSocketFactory());
    connection.setDoOutput(true);
    change.of(connection);
    send(connection, QUESTION);
    read(world, connection, UrlConnectionCases::body);
  }

  private static void tunnelled(World world, Secure server, UrlConnectionCases.Change change)
      throws Exception {
    try (RawServer proxy = RawServer.tunnel(world)) {
      server.ask(proxy.proxy(), change);
    }
  }

  private static void expecting(World world, String answer) throws Exception {
    try (RawServer server = RawServer.saying(world, answer)) {
      HttpURLConnection connection =
          UrlConnectionCases.open("http://127.0.0.1:" + server.port() + CHAT_PATH);
      connection.setRequestProperty("Expect", "100-Continue");
      connection.setFixedLengthStreamingMode(QUESTION.length());
      try (OutputStream out = connection.getOutputStream()) {
        out.write(QUESTION.getBytes(ISO_8859_1));
      } catch (IOException e) {
        world.seen.failure("output", e);
        // On JDK 17 asking for what has not come sends all of it once more.
        world.seen.say("status", answer.isEmpty() ? "none" : connection.getResponseCode());
      }
    }
  }
}
