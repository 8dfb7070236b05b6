package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static io.costattr.it.differential.UrlConnectionCases.asked;
import static io.costattr.it.differential.UrlConnectionCases.one;
import static io.costattr.it.differential.UrlConnectionCases.open;
import static io.costattr.it.differential.UrlConnectionCases.read;
import static io.costattr.it.differential.UrlConnectionCases.send;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.it.differential.Case.Script;
import io.costattr.loopback.Coding;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.util.List;

/** What may be sent through HttpURLConnection, and what comes before an answer. */
final class UrlConnectionRequests {
  static final Script ANSWER = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);
  private static final Script LOST_ONCE =
      (w, q, r) -> {
        if (q.path().equals(CHAT_PATH) && w.kept.putIfAbsent("tried", true) == null) {
          r.close();
        } else {
          ANSWER.answer(w, q, r);
        }
      };
  private static final Script MOVED =
      (w, q, r) -> {
        if (q.path().equals("/old/chat/completions")) {
          r.status(307).header("location", CHAT_PATH).body("moved");
        } else {
          ANSWER.answer(w, q, r);
        }
      };
  private static final String MODEL = "request_model";

  private UrlConnectionRequests() {}

  static List<Case> cases() {
    Ledger answered =
        reported().and(MODEL, "gpt-4o-mini").and("client", "HttpURLConnection [0-9].*");
    Ledger lost = unknown().and("outcome", "failed").and("error_code", "java.net.SocketException");
    return List.of(
        one(
            "written-in-one",
            ANSWER,
            w -> read(w, asked(w, QUESTION), UrlConnectionCases::body),
            answered),
        one(
            "written-by-bytes",
            ANSWER,
            w -> writing(w, c -> c.setChunkedStreamingMode(0), UrlConnectionRequests::byBytes),
            answered),
        one(
            "written-in-parts",
            ANSWER,
            w ->
                writing(
                    w,
                    c -> c.setFixedLengthStreamingMode((long) QUESTION.length()),
                    out -> {
                      byte[] question = QUESTION.getBytes(UTF_8);
                      out.write(question, 0, 20);
                      out.flush();
                      out.write(question, 20, question.length - 20);
                      out.close();
                      out.close();
                    }),
            answered),
        one(
            "written-and-never-closed",
            ANSWER,
            w ->
                writing(
                    w,
                    c -> c.setFixedLengthStreamingMode(QUESTION.length()),
                    out -> out.write(QUESTION.getBytes(UTF_8))),
            answered),
        one(
            "the-buffer-s-reset",
            ANSWER,
            w ->
                writing(
                    w,
                    c -> {},
                    out -> {
                      out.write("something else".getBytes(UTF_8));
                      w.seen.say("buffer", out.getClass());
                      ((java.io.ByteArrayOutputStream) out).reset();
                      byBytes(out);
                    }),
            answered),
        one(
            "gzip-ed-request",
            ANSWER,
            w -> {
              HttpURLConnection connection = open(w.url(CHAT_PATH));
              connection.setRequestProperty("Content-Encoding", "gzip");
              try (OutputStream out = connection.getOutputStream()) {
                out.write(Coding.GZIP.encode(QUESTION.getBytes(UTF_8)));
              }
              read(w, connection, UrlConnectionCases::body);
            },
            answered),
        one(
            "no-body",
            ANSWER,
            w -> {
              HttpURLConnection connection = open(w.url(CHAT_PATH));
              connection.setDoOutput(false);
              read(w, connection, UrlConnectionCases::body);
            },
            reported().and(MODEL, "null")),
        one(
            "get-that-becomes-a-post",
            ANSWER,
            w -> {
              HttpURLConnection connection = open(w.url(CHAT_PATH));
              connection.setRequestMethod("GET");
              send(connection, QUESTION);
              read(w, connection, UrlConnectionCases::body);
            },
            answered),
        one("get-of-a-stored-completion", ANSWER, w -> plain(w, "GET"), nothing()),
        one(
            "head",
            (w, q, r) -> r.raw("HTTP/1.1 200 OK\r\ncontent-length: 77\r\n\r\n".getBytes(UTF_8)),
            w -> plain(w, "HEAD"),
            nothing()),
        one(
            "query",
            ANSWER,
            w -> {
              HttpURLConnection connection = open(w.url(CHAT_PATH + "?api-version=2024-10-21#x"));
              send(connection, QUESTION);
              read(w, connection, UrlConnectionCases::body);
            },
            answered),
        one(
            "unknown-host",
            ANSWER,
            w -> {
              HttpURLConnection connection = open(w.unknownHostUrl(CHAT_PATH));
              send(connection, QUESTION);
              read(w, connection, UrlConnectionCases::body);
            },
            answered.and("provider", "openai-compatible")),
        one(
            "expect-continue",
            ANSWER,
            w ->
                writing(
                    w,
                    c -> {
                      c.setRequestProperty("Expect", "100-Continue");
                      c.setChunkedStreamingMode(0);
                    },
                    UrlConnectionRequests::byBytes),
            answered),
        one(
            "proxy",
            ANSWER,
            w -> {
              Proxy proxy =
                  new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", w.server().port()));
              HttpURLConnection connection =
                  (HttpURLConnection)
                      URI.create("http://api.openai.com" + CHAT_PATH).toURL().openConnection(proxy);
              connection.setDoOutput(true);
              send(connection, QUESTION);
              read(w, connection, UrlConnectionCases::body);
            },
            answered.and("provider", "openai")),
        one(
            "redirect-307",
            MOVED,
            w -> {
              HttpURLConnection connection = open(w.url("/old/chat/completions"));
              send(connection, QUESTION);
              read(w, connection, UrlConnectionCases::body);
            },
            answered),
        one(
            "redirect-of-a-streamed-body",
            MOVED,
            w -> {
              HttpURLConnection connection = open(w.url("/old/chat/completions"));
              connection.setChunkedStreamingMode(0);
              send(connection, QUESTION);
              read(w, connection, UrlConnectionCases::body);
            },
            nothing()),
        one(
            "redirect-that-becomes-a-get",
            (w, q, r) -> {
              if (q.path().equals(CHAT_PATH)) {
                r.status(302).header("location", "/elsewhere").body("moved");
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w -> read(w, asked(w, QUESTION), UrlConnectionCases::body),
            nothing()),
        one(
            "redirect-without-end",
            (w, q, r) -> r.status(307).header("location", CHAT_PATH).body("moved"),
            w -> read(w, asked(w, QUESTION), UrlConnectionCases::body),
            nothing()),
        one(
            "redirect-not-followed",
            (w, q, r) -> r.status(307).header("location", CHAT_PATH).body("moved"),
            w -> {
              HttpURLConnection connection = open(w.url(CHAT_PATH));
              connection.setInstanceFollowRedirects(false);
              send(connection, QUESTION);
              read(w, connection, UrlConnectionCases::body);
            },
            nothing()),
        one(
            "lost-and-sent-again-by-the-jdk",
            LOST_ONCE,
            w -> read(w, asked(w, QUESTION), UrlConnectionCases::body),
            lost.then(answered)),
        one(
            "lost-on-a-connection-that-was-kept",
            LOST_ONCE,
            w -> {
              HttpURLConnection warm = open(w.url("/warm"));
              send(warm, "{}");
              read(w, warm, UrlConnectionCases::body);
              read(w, asked(w, QUESTION), UrlConnectionCases::body);
            },
            lost.then(answered)),
        one(
            "lost-while-streamed",
            LOST_ONCE,
            w -> writing(w, c -> c.setChunkedStreamingMode(0), UrlConnectionRequests::byBytes),
            lost),
        one(
            "connection-kept-alive",
            ANSWER,
            w -> {
              for (int i = 0; i < 2; i++) {
                read(w, asked(w, QUESTION), UrlConnectionCases::body);
              }
            },
            answered.thenAnother(answered)),
        one(
            "authenticated-at-the-second-try",
            (w, q, r) -> {
              if (q.header("authorization") == null) {
                r.status(401).header("www-authenticate", "Basic realm=\"it\"").body("{}");
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w -> read(w, challenged(w), UrlConnectionCases::body),
            refused(401, "401").then(answered)),
        one(
            "authenticated-in-vain",
            (w, q, r) -> r.status(401).header("www-authenticate", "Basic realm=\"it\"").body("{}"),
            w -> read(w, challenged(w), UrlConnectionCases::body),
            refused(401, "401").then(refused(401, "401"))),
        one(
            "asked-within-another-one",
            (w, q, r) -> {
              if (q.header("authorization") == null) {
                r.status(401).header("www-authenticate", "Basic realm=\"it\"").body("{}");
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w ->
                read(
                    w,
                    challenged(w, () -> read(w, asked(w, QUESTION), UrlConnectionCases::body)),
                    UrlConnectionCases::body),
            answered.thenAnother(refused(401, "401").then(answered))));
  }

  /** What is written, and how. */
  private interface Writer {
    void write(OutputStream out) throws IOException;
  }

  private static void writing(World world, UrlConnectionCases.Change change, Writer writer)
      throws IOException {
    HttpURLConnection connection = open(world.url(CHAT_PATH));
    change.of(connection);
    OutputStream out = connection.getOutputStream();
    world.seen.say("output", out.getClass() + " " + (out == connection.getOutputStream()));
    writer.write(out);
    read(world, connection, UrlConnectionCases::body);
  }

  private static void byBytes(OutputStream out) throws IOException {
    for (byte b : QUESTION.getBytes(UTF_8)) {
      out.write(b);
    }
    out.close();
  }

  private static void plain(World world, String method) throws IOException {
    HttpURLConnection connection = open(world.url(CHAT_PATH + "/chatcmpl-1?a=b"));
    connection.setRequestMethod(method);
    connection.setDoOutput(false);
    read(world, connection, UrlConnectionCases::body);
  }

  private static HttpURLConnection challenged(World world) throws IOException {
    return challenged(world, () -> {});
  }

  /**
   * Without a header that would answer a challenge.
   *
   * @param meanwhile what the application does in the midst of the exchange
   */
  private static HttpURLConnection challenged(World world, Meanwhile meanwhile) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(world.url(CHAT_PATH)).toURL().openConnection();
    connection.setDoOutput(true);
    connection.setAuthenticator(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            world.seen.say("asked for", getRequestingPrompt());
            if (world.kept.putIfAbsent("asked", true) != null) {
              return null;
            }
            try {
              meanwhile.run();
            } catch (IOException e) {
              world.seen.failure("meanwhile", e);
            }
            return new PasswordAuthentication("u", "p".toCharArray());
          }
        });
    send(connection, QUESTION);
    return connection;
  }

  private interface Meanwhile {
    void run() throws IOException;
  }
}
