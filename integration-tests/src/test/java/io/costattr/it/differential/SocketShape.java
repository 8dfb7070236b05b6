package io.costattr.it.differential;

import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.one;
import static io.costattr.it.differential.Ledger.refused;

import io.costattr.it.differential.Case.Script;
import io.costattr.loopback.Reply;
import io.costattr.loopback.WireRequest;
import io.costattr.loopback.WireSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation on a web socket, whichever client holds it.
 *
 * @param path where the socket leads
 * @param script what the provider says
 * @param reaction what the application says to each text
 */
record SocketShape(String name, String path, Script script, Reaction reaction, Ledger ledger) {
  private static final String REALTIME = "/v1/realtime?model=gpt-realtime";
  static final String ASK =
      "{\"type\":\"response.create\",\"response\":{\"instructions\":\"Which colour is the sky?\"}}";

  static final String SESSION =
      "{\"type\":\"session.created\",\"event_id\":\"event_1\",\"session\":{\"type\":\"realtime\","
          + "\"id\":\"sess_1\",\"model\":\"gpt-realtime-2025-08-28\","
          + "\"output_modalities\":[\"text\"]}}";

  /** What an application does about a text, on the thread that it is given it on. */
  @FunctionalInterface
  interface Reaction {
    void on(String text, Line line) throws Exception;
  }

  /** The application's end of the socket. */
  interface Line {
    void send(String text) throws Exception;

    void close(int code) throws Exception;

    /** Closes with a code that no application may close with: the library refuses. */
    void closeWrongly() throws Exception;

    void cancel();
  }

  static String begun(String id) {
    return "{\"type\":\"response.created\",\"event_id\":\"event_2\",\"response\":{\"object\":"
        + "\"realtime.response\",\"id\":\""
        + id
        + "\",\"status\":\"in_progress\",\"output\":[],\"output_modalities\":[\"text\"],"
        + "\"usage\":null}}";
  }

  static String part(String id) {
    return "{\"type\":\"response.output_text.delta\",\"event_id\":\"event_3\",\"response_id\":\""
        + id
        + "\",\"item_id\":\"item_1\",\"delta\":\"Blue, m\u00f6stly \ud83d\udc99.\"}";
  }

  static String done(String id) {
    return "{\"type\":\"response.done\",\"event_id\":\"event_4\",\"response\":{\"object\":"
        + "\"realtime.response\",\"id\":\""
        + id
        + "\",\"status\":\"completed\",\"output_modalities\":[\"text\"],\"usage\":{\"total_tokens\":"
        + "17,\"input_tokens\":12,\"output_tokens\":5,\"input_token_details\":{\"text_tokens\":12,"
        + "\"audio_tokens\":0,\"image_tokens\":0,\"cached_tokens\":4,\"cached_tokens_details\":"
        + "{\"text_tokens\":4,\"audio_tokens\":0,\"image_tokens\":0}},\"output_token_details\":"
        + "{\"text_tokens\":5,\"audio_tokens\":0}}}}";
  }

  /** The application asks once, and closes when it has its answer. */
  private static final Reaction ONCE =
      (text, line) -> {
        if (text.contains("session.created")) {
          line.send(ASK);
        } else if (text.contains("response.done") || text.contains("response.completed")) {
          line.close(1000);
        }
      };

  static Ledger counted(String id) {
    return one("cost_basis", "reported", "http_status", "101", "error_code", "null")
        .and("prompt_tokens", "12")
        .and("completion_tokens", "5")
        .and("cached_tokens", "4")
        .and("outcome", "completed")
        .and("stream", "true")
        .and("endpoint", "realtime")
        .and("response_id", id)
        .and("model", "gpt-realtime-2025-08-28");
  }

  private static Ledger cut() {
    return one("cost_basis", "estimated", "http_status", "101", "response_id", "resp_1");
  }

  private static WireSocket greet(WireRequest request, Reply reply) throws Exception {
    return reply.webSocket(request).text(SESSION);
  }

  /** Greets, waits until it is asked, and begins to answer. */
  private static WireSocket begin(WireRequest request, Reply reply) throws Exception {
    WireSocket socket = greet(request, reply);
    socket.receive();
    return socket.text(begun("resp_1")).text(part("resp_1"));
  }

  static List<SocketShape> all() {
    List<SocketShape> all = new ArrayList<>(answered());
    all.addAll(broken());
    all.addAll(refusals());
    return all;
  }

  private static List<SocketShape> answered() {
    String big = "AAEB".repeat(1 << 18);
    return List.of(
        realtime(
            "answered",
            (w, q, r) -> begin(q, r).text(done("resp_1")).awaitClose(),
            counted("resp_1")),
        realtime(
            "in-frames",
            (w, q, r) -> {
              WireSocket socket = greet(q, r);
              socket.receive();
              socket.text(begun("resp_1"), 7).text(part("resp_1"), 1).text(done("resp_1"), 100);
              socket.awaitClose();
            },
            counted("resp_1")),
        realtime(
            "among-pings-and-bytes",
            (w, q, r) -> {
              WireSocket socket = begin(q, r).ping("a").binary(new byte[] {1, 2, 3}).ping("b");
              socket.text(done("resp_1")).binary(new byte[0]).awaitClose();
            },
            counted("resp_1")),
        realtime(
            "among-garbage",
            (w, q, r) -> {
              WireSocket socket = begin(q, r).text("").text("no JSON").text("[1,2").text("17");
              socket.text("{\"type\":\"response.done\"").text("{\"type\":null}");
              socket.text("[".repeat(10_000)).text(done("resp_1")).awaitClose();
            },
            counted("resp_1")),
        new SocketShape(
            "much-sound",
            REALTIME,
            (w, q, r) -> {
              WireSocket socket = greet(q, r);
              w.kept.put("heard", socket.receive().length());
              socket.receive();
              socket.text(begun("resp_1"));
              socket.text(
                  "{\"type\":\"response.output_audio.delta\",\"response_id\":\"resp_1\",\"delta\":\""
                      + big
                      + "\"}");
              socket.text(done("resp_1")).awaitClose();
            },
            (text, line) -> {
              if (text.contains("session.created")) {
                line.send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + big + "\"}");
              }
              ONCE.on(text, line);
            },
            counted("resp_1")),
        new SocketShape(
            "asked-twice",
            REALTIME,
            (w, q, r) -> {
              WireSocket socket = begin(q, r).text(done("resp_1"));
              socket.receive();
              socket.text(begun("resp_2")).text(done("resp_2")).close(1000, "bye").awaitClose();
            },
            (text, line) -> {
              if (text.contains("session.created") || text.contains("response.done\"")) {
                line.send(ASK);
              }
            },
            counted("resp_1")
                .thenAnother(counted("resp_2"))
                .thenAnother(
                    one("cost_basis", "unknown", "outcome", "failed", "http_status", "null")
                        .and("error_code", "websocket_1000"))),
        realtime(
            "not-asked",
            (w, q, r) -> {
              WireSocket socket =
                  r.webSocket(q).text(SESSION.replace("session.created", "session.updated"));
              socket.text(begun("resp_1")).text(done("resp_1")).awaitClose();
            },
            counted("resp_1")),
        new SocketShape(
            "responses",
            "/v1/responses",
            (w, q, r) -> {
              WireSocket socket = r.webSocket(q).text("{\"type\":\"session.created\"}");
              socket.receive();
              for (String event : Fixture.RESPONSES_STREAM.split("\n\n")) {
                socket.text(event.substring(event.indexOf("data: ") + 6));
              }
              socket.awaitClose();
            },
            (text, line) ->
                ONCE.on(
                    text,
                    new Line() {
                      @Override
                      public void send(String ask) throws Exception {
                        line.send(
                            "{\"type\":\"response.create\",\"model\":\"gpt-4o-mini\","
                                + "\"input\":\"sky\"}");
                      }

                      @Override
                      public void close(int code) throws Exception {
                        line.close(code);
                      }

                      @Override
                      public void closeWrongly() throws Exception {
                        line.closeWrongly();
                      }

                      @Override
                      public void cancel() {
                        line.cancel();
                      }
                    }),
            one("cost_basis", "reported", "endpoint", "responses", "http_status", "101")
                .and("prompt_tokens", "12")
                .and("completion_tokens", "5")
                .and("response_id", "resp_D1ff")
                .and("outcome", "completed")),
        new SocketShape(
            "asked-behind-a-close-that-was-refused",
            REALTIME,
            (w, q, r) -> begin(q, r).text(done("resp_1")).awaitClose(),
            (text, line) -> {
              if (text.contains("session.created")) {
                line.closeWrongly();
              }
              ONCE.on(text, line);
            },
            counted("resp_1")),
        new SocketShape(
            "something-else",
            "/v1/stream",
            (w, q, r) -> begin(q, r).text(done("resp_1")).awaitClose(),
            ONCE,
            nothing()));
  }

  private static List<SocketShape> broken() {
    return List.of(
        realtime(
            "closed-within-the-answer",
            (w, q, r) -> begin(q, r).close(1011, "sorry").awaitClose(),
            cut().and("outcome", "failed").and("error_code", "websocket_1011")),
        new SocketShape(
            "left-within-the-answer",
            REALTIME,
            (w, q, r) -> begin(q, r).awaitClose(),
            (text, line) -> {
              ONCE.on(text, line);
              if (text.contains("delta")) {
                line.close(1000);
              }
            },
            cut().and("outcome", "abandoned").and("error_code", "null")),
        new SocketShape(
            "cancelled-within-the-answer",
            REALTIME,
            (w, q, r) -> begin(q, r).receive(),
            (text, line) -> {
              ONCE.on(text, line);
              if (text.contains("delta")) {
                line.cancel();
              }
            },
            cut().and("outcome", "abandoned")),
        new SocketShape(
            "answered-behind-the-closing",
            REALTIME,
            (w, q, r) -> {
              WireSocket socket = begin(q, r);
              socket.receive();
              socket.text(done("resp_1")).close(1000, "").awaitClose();
            },
            (text, line) -> {
              ONCE.on(text, line);
              if (text.contains("delta")) {
                line.close(1000);
              }
            },
            counted("resp_1")),
        new SocketShape(
            "a-listener-that-throws",
            REALTIME,
            (w, q, r) -> begin(q, r).receive(),
            (text, line) -> {
              ONCE.on(text, line);
              if (text.contains("delta")) {
                throw new IllegalStateException("the listener's own");
              }
            },
            cut().and("outcome", "failed").and("error_code", "java.lang.IllegalStateException")),
        realtime(
            "no-frame",
            (w, q, r) -> {
              begin(q, r);
              r.raw(new byte[] {(byte) 0xFF, 0, 0, 0}).stall();
            },
            cut().and("outcome", "failed").and("error_code", ".*ProtocolException")));
  }

  private static List<SocketShape> refusals() {
    String key = "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"Incorrect key.\"}}";
    return List.of(
        realtime(
            "no-key",
            (w, q, r) ->
                r.status(401, "Unauthorized").header("content-type", "application/json").body(key),
            refused(401, "401").and("endpoint", "realtime")),
        realtime(
            "no-such-path",
            (w, q, r) -> r.status(404, "Not Found").body("nothing here"),
            refused(404, "404").and("endpoint", "realtime")),
        realtime(
            "no-web-socket",
            (w, q, r) -> r.header("content-type", "text/html").body("<html>Portal</html>"),
            one("cost_basis", "none|unknown", "http_status", "200", "endpoint", "realtime")),
        realtime(
            "closed-before-the-head",
            (w, q, r) -> r.close(),
            one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("endpoint", "realtime")));
  }

  private static SocketShape realtime(String name, Script script, Ledger ledger) {
    return new SocketShape(name, REALTIME, script, ONCE, ledger);
  }
}
