package io.costattr.it.differential;

import static io.costattr.it.differential.Apache5Cases.body;
import static io.costattr.it.differential.Apache5Cases.client;
import static io.costattr.it.differential.Apache5Cases.connections;
import static io.costattr.it.differential.Apache5Cases.execute;
import static io.costattr.it.differential.Apache5Cases.head;
import static io.costattr.it.differential.Apache5Cases.one;
import static io.costattr.it.differential.Apache5Cases.question;
import static io.costattr.it.differential.Apache5Cases.with;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.io.InputStream;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/** Calls of Apache HttpClient 5 that end before their end. */
final class Apache5Endings {
  private static final Script STALLED_BODY =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).stall();
      };

  private Apache5Endings() {}

  static List<Case> cases() {
    Script stalledHead = (w, q, r) -> r.await(w.gate("asked")).stall();
    return List.of(
        one(
            "left-early",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("left"));
              r.part(CHAT_STREAM.substring(700));
            },
            w ->
                streaming(
                    w,
                    client().build(),
                    response -> {
                      some(w, response);
                      // Closing reads on to the end, for the connection's sake.
                      w.gate("left").open();
                    }),
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        one(
            "never-closed",
            STALLED_BODY,
            w -> {
              HttpPost request = question(w.url(CHAT_PATH), STREAM_QUESTION);
              CloseableHttpResponse response = execute(client().build(), request, null);
              head(w, response);
              some(w, response);
            },
            estimated().and("outcome", "abandoned")),
        one(
            "timeout-of-the-head",
            (w, q, r) -> r.stall(),
            w -> streaming(w, impatient(), response -> body(w, response)),
            unknown().and("outcome", "failed").and("error_code", "timeout")),
        one(
            "timeout-of-the-body",
            STALLED_BODY,
            w -> streaming(w, impatient(), response -> body(w, response)),
            estimated().and("outcome", "failed").and("error_code", "timeout")),
        one(
            "cancelled-before-the-head",
            stalledHead,
            w -> {
              HttpPost request = question(w.url(CHAT_PATH), QUESTION);
              Thread canceller = new Thread(() -> cancel(w, request));
              // Whether it finds the socket closed or its connection given up.
              w.seen.chance();
              canceller.start();
              try {
                with(w, client().build(), request, response -> body(w, response));
              } finally {
                OkHttpCases.join(canceller);
                w.seen.say("cancelled", request.isCancelled());
              }
            },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        one(
            "cancelled-within-the-body",
            STALLED_BODY,
            w -> {
              HttpPost request = question(w.url(CHAT_PATH), STREAM_QUESTION);
              with(
                  w,
                  client().build(),
                  request,
                  response -> {
                    InputStream in = response.getEntity().getContent();
                    w.seen.body("some", in.readNBytes(700));
                    w.seen.say("cancelled", request.cancel());
                    w.seen.say("next", in.read());
                  });
            },
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        one(
            "cancelled-before-it-began",
            stalledHead,
            w -> {
              HttpPost request = question(w.url(CHAT_PATH), QUESTION);
              request.cancel();
              with(w, client().build(), request, response -> body(w, response));
            },
            Ledger.one("cost_basis", "none", "http_status", "null")),
        one(
            "client-closed-within-the-body",
            STALLED_BODY,
            w -> {
              CloseableHttpClient client = client().build();
              streaming(
                  w,
                  client,
                  response -> {
                    InputStream in = response.getEntity().getContent();
                    w.seen.body("some", in.readNBytes(700));
                    client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
                    w.seen.say("next", in.read());
                  });
            },
            estimated().and("outcome", "failed|abandoned")),
        one(
            "reset-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("read"));
              r.reset();
            },
            w ->
                streaming(
                    w,
                    client().build(),
                    response -> {
                      InputStream in = response.getEntity().getContent();
                      w.seen.body("some", in.readNBytes(700));
                      w.gate("read").open();
                      w.seen.say("next", in.read());
                    }),
            estimated().and("outcome", "failed").and("error_code", ".*Exception")),
        one(
            "nobody-listens",
            (w, q, r) -> r.stall(),
            w -> {
              int port;
              try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
              }
              with(
                  w,
                  client().build(),
                  question("http://127.0.0.1:" + port + CHAT_PATH, QUESTION),
                  response -> body(w, response));
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")),
        one(
            "closed-client",
            (w, q, r) -> r.stall(),
            w -> {
              CloseableHttpClient client = client().build();
              client.close();
              streaming(w, client, response -> body(w, response));
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")),
        one(
            "no-host",
            (w, q, r) -> r.stall(),
            w -> with(w, client().build(), question(CHAT_PATH, QUESTION), r -> body(w, r)),
            nothing()));
  }

  private static void streaming(
      World world, CloseableHttpClient client, Apache5Cases.Reading reading) throws Exception {
    with(world, client, question(world.url(CHAT_PATH), STREAM_QUESTION), reading);
  }

  private static void some(World world, ClassicHttpResponse response) throws java.io.IOException {
    world.seen.body("some", response.getEntity().getContent().readNBytes(700));
  }

  private static CloseableHttpClient impatient() {
    return client().setConnectionManager(connections(Timeout.ofMilliseconds(200))).build();
  }

  private static void cancel(World world, HttpPost request) {
    try {
      world.gate("asked").awaitReached();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    request.cancel();
    world.gate("asked").open();
  }
}
