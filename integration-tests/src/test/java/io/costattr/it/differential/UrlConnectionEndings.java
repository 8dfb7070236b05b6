package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static io.costattr.it.differential.UrlConnectionCases.body;
import static io.costattr.it.differential.UrlConnectionCases.one;
import static io.costattr.it.differential.UrlConnectionCases.open;
import static io.costattr.it.differential.UrlConnectionCases.read;
import static io.costattr.it.differential.UrlConnectionCases.send;
import static io.costattr.it.differential.UrlConnectionCases.some;

import io.costattr.it.differential.Case.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Calls of HttpURLConnection that end before their end. */
final class UrlConnectionEndings {
  private static final Script STALLED_BODY =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).stall();
      };

  private static final Ledger NOBODY =
      Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed");

  private UrlConnectionEndings() {}

  static List<Case> cases() {
    Script stalledHead = (w, q, r) -> r.await(w.gate("asked")).stall();
    return List.of(
        one(
            "left-early",
            STALLED_BODY,
            w ->
                read(
                    w,
                    asked(w, STREAM_QUESTION),
                    (world, in) -> {
                      some(world, in);
                      in.close();
                    }),
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        one(
            "never-closed",
            STALLED_BODY,
            w -> read(w, asked(w, STREAM_QUESTION), UrlConnectionCases::some),
            estimated().and("outcome", "abandoned")),
        one(
            "disconnected-within-the-body",
            STALLED_BODY,
            w -> {
              HttpURLConnection connection = asked(w, STREAM_QUESTION);
              read(
                  w,
                  connection,
                  (world, in) -> {
                    some(world, in);
                    connection.disconnect();
                    world.seen.say("next", in.read());
                  });
            },
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        one(
            "disconnected-behind-the-body",
            (w, q, r) -> r.header("content-type", "application/json").body(Fixture.CHAT),
            w -> {
              HttpURLConnection connection = asked(w, QUESTION);
              read(
                  w,
                  connection,
                  (world, in) -> {
                    body(world, in);
                    connection.disconnect();
                  });
            },
            Ledger.reported()),
        one(
            "disconnected-before-the-head",
            stalledHead,
            w -> {
              HttpURLConnection connection = asked(w, QUESTION);
              Thread canceller = new Thread(() -> disconnect(w, connection));
              canceller.start();
              try {
                connection.getInputStream();
              } catch (IOException | RuntimeException disconnected) {
                // Which of the two is chance: the JDK's own fields are cleared under its hands.
                w.seen.say("disconnected", true);
              } finally {
                OkHttpCases.join(canceller);
              }
            },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        one(
            "disconnected-before-it-was-sent",
            stalledHead,
            w -> {
              HttpURLConnection connection = asked(w, QUESTION);
              w.awaitConnection();
              connection.disconnect();
            },
            nothing()),
        one(
            "streamed-and-never-asked-for-the-answer",
            (w, q, r) -> r.header("content-type", "application/json").body(Fixture.CHAT),
            w -> {
              HttpURLConnection connection = open(w.url(CHAT_PATH));
              connection.setFixedLengthStreamingMode(QUESTION.length());
              send(connection, QUESTION);
              w.server().awaitRequests(1);
              connection.disconnect();
            },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        one(
            "streamed-and-forgotten",
            (w, q, r) -> r.header("content-type", "application/json").body(Fixture.CHAT),
            w -> {
              HttpURLConnection connection = open(w.url(CHAT_PATH));
              connection.setFixedLengthStreamingMode(QUESTION.length());
              send(connection, QUESTION);
              w.server().awaitRequests(1);
            },
            unknown().and("outcome", "abandoned")),
        one(
            "timeout-of-the-head",
            (w, q, r) -> r.stall(),
            w -> impatient(w, QUESTION),
            unknown().and("outcome", "failed").and("error_code", "timeout")),
        one(
            "timeout-of-the-body",
            STALLED_BODY,
            w -> impatient(w, STREAM_QUESTION),
            estimated().and("outcome", "failed").and("error_code", "timeout")),
        one(
            "reset-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("read"));
              r.reset();
            },
            w ->
                read(
                    w,
                    asked(w, STREAM_QUESTION),
                    (world, in) -> {
                      some(world, in);
                      world.gate("read").open();
                      world.seen.say("next", in.read());
                    }),
            estimated().and("outcome", "failed").and("error_code", ".*Exception")),
        one(
            "less-written-than-announced",
            (w, q, r) -> r.stall(),
            w -> {
              HttpURLConnection connection = open(w.url(CHAT_PATH));
              connection.setFixedLengthStreamingMode(1000);
              OutputStream out = connection.getOutputStream();
              out.write(QUESTION.getBytes(StandardCharsets.UTF_8));
              for (int i = 0; i < 2; i++) {
                closing(w, out);
              }
              w.awaitConnection();
              connection.getInputStream();
            },
            // The body looks whole, and may have been taken for it.
            Ledger.one("http_status", "null", "outcome", "failed")
                .and("error_code", "java.io.IOException")),
        one(
            "more-written-than-announced",
            (w, q, r) -> r.stall(),
            w -> {
              HttpURLConnection connection = open(w.url(CHAT_PATH));
              connection.setFixedLengthStreamingMode(10);
              OutputStream out = connection.getOutputStream();
              try {
                out.write(QUESTION.getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                w.seen.failure("write", e);
              }
              w.awaitConnection();
              closing(w, out);
              connection.getInputStream();
            },
            NOBODY.and("error_code", "java.*Exception")),
        one(
            "output-behind-input",
            (w, q, r) -> r.header("content-type", "application/json").body(Fixture.CHAT),
            w -> {
              HttpURLConnection connection = asked(w, QUESTION);
              InputStream in = connection.getInputStream();
              w.seen.body("begin", in.readNBytes(10));
              try {
                connection.getOutputStream();
              } catch (IOException e) {
                w.seen.failure("output", e);
              }
              w.seen.body("rest", in.readAllBytes());
            },
            Ledger.one("http_status", "200", "cost_basis", "reported|unknown")),
        one(
            "nobody-listens",
            stalledHead,
            w -> asked(nobody(), QUESTION).getInputStream(),
            NOBODY.and("error_code", "java.net.ConnectException")),
        one(
            "nobody-listens-to-a-connect",
            stalledHead,
            w -> open(nobody()).connect(),
            NOBODY.and("error_code", "java.net.ConnectException")),
        one(
            "connected-and-never-sent",
            stalledHead,
            w -> {
              HttpURLConnection connection = open(w.url(CHAT_PATH));
              connection.connect();
              connection.connect();
              w.awaitConnection();
              connection.disconnect();
            },
            nothing()),
        one(
            "no-output-wanted",
            stalledHead,
            w -> {
              HttpURLConnection connection = open(w.url(CHAT_PATH));
              connection.setDoOutput(false);
              connection.getOutputStream();
            },
            nothing()));
  }

  private static void closing(World world, OutputStream out) {
    try {
      out.close();
    } catch (IOException e) {
      world.seen.failure("close", e);
    }
  }

  private static void impatient(World world, String question) throws IOException {
    HttpURLConnection connection = open(world.url(CHAT_PATH));
    connection.setReadTimeout(200);
    send(connection, question);
    read(world, connection, UrlConnectionCases::body);
  }

  private static HttpURLConnection asked(String url, String question) throws IOException {
    HttpURLConnection connection = open(url);
    send(connection, question);
    return connection;
  }

  private static HttpURLConnection asked(World world, String question) throws IOException {
    return asked(world.url(CHAT_PATH), question);
  }

  private static String nobody() throws IOException {
    try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
      return "http://127.0.0.1:" + free.getLocalPort() + CHAT_PATH;
    }
  }

  private static void disconnect(World world, HttpURLConnection connection) {
    try {
      world.gate("asked").awaitReached();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    connection.disconnect();
    world.gate("asked").open();
  }
}
