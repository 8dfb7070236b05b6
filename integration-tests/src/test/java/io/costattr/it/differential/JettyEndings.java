package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.JettyCases.ANSWER;
import static io.costattr.it.differential.JettyCases.question;
import static io.costattr.it.differential.JettyCases.using;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;

/** Calls of Jetty's client that end before their end. */
final class JettyEndings {
  private static final Script STALLED_BODY =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).stall();
      };

  private JettyEndings() {}

  static List<Case> cases() {
    return List.of(
        new Case(
            "cancelled-before-the-head",
            (w, q, r) -> r.await(w.gate("asked")).stall(),
            w ->
                asked(
                    w,
                    request -> {
                      CompletableFuture<ContentResponse> answer =
                          new CompletableResponseListener(request).send();
                      w.gate("asked").awaitReached();
                      w.seen.say("cancelled", answer.cancel(true));
                      w.gate("asked").open();
                    }),
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        new Case(
            "aborted-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("aborted")).stall();
            },
            w ->
                asked(
                    w,
                    request -> {
                      JettyListener listener = new JettyListener(w);
                      request.send(listener);
                      listener.awaitBegun();
                      w.seen.say("aborted", request.abort(new CancellationException()).get());
                      w.gate("aborted").open();
                      listener.await();
                    }),
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        new Case(
            "stream-closed-early",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("closed")).stall();
            },
            w ->
                asked(
                    w,
                    request -> {
                      InputStreamResponseListener listener = new InputStreamResponseListener();
                      request.send(listener);
                      JettyCases.head(w, listener.get(30, TimeUnit.SECONDS));
                      try (InputStream in = listener.getInputStream()) {
                        byte[] some = new byte[700];
                        for (int read = 0; read < some.length; ) {
                          read += in.read(some, read, some.length - read);
                        }
                        w.seen.body("body", some);
                      }
                      w.gate("closed").open();
                    }),
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        new Case(
            "nothing-more-is-asked-for",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("aborted")).stall();
            },
            w ->
                asked(
                    w,
                    request -> {
                      JettyListener listener = new JettyListener(w);
                      request
                          .onResponseContentAsync(
                              (response, chunk, demander) -> {
                                listener.add(chunk.getByteBuffer());
                                if (!w.kept.containsKey("begun")) {
                                  demander.run();
                                }
                              })
                          .send(listener.withoutContent());
                      listener.awaitBegun();
                      w.kept.put("begun", true);
                      w.gate("aborted").open();
                      w.seen.say("aborted", request.abort(new CancellationException()).get());
                      listener.await();
                    }),
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        new Case(
            "client-stopped-within-the-body",
            STALLED_BODY,
            w -> {
              HttpClient client = new HttpClient();
              client.start();
              JettyListener listener = new JettyListener(w);
              question(client, w.url(CHAT_PATH), STREAM_QUESTION).send(listener);
              listener.awaitBegun();
              client.stop();
              listener.await();
            },
            estimated().and("outcome", "failed|abandoned")),
        new Case(
            "timeout-of-the-head",
            (w, q, r) -> r.stall(),
            w -> asked(w, r -> JettyCases.listener(w, r.timeout(300, TimeUnit.MILLISECONDS))),
            unknown().and("outcome", "failed").and("error_code", "timeout")),
        new Case(
            "timeout-of-the-body",
            STALLED_BODY,
            w -> asked(w, r -> JettyCases.listener(w, r.timeout(600, TimeUnit.MILLISECONDS))),
            estimated().and("outcome", "failed").and("error_code", "timeout")),
        new Case(
            "idle-connection",
            STALLED_BODY,
            w -> asked(w, r -> JettyCases.listener(w, r.idleTimeout(300, TimeUnit.MILLISECONDS))),
            estimated().and("outcome", "failed").and("error_code", "timeout")),
        new Case(
            "reset-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("read"));
              r.reset();
            },
            w ->
                asked(
                    w,
                    request -> {
                      JettyListener listener = new JettyListener(w);
                      request.send(listener);
                      listener.awaitBegun();
                      w.gate("read").open();
                      listener.await();
                    }),
            estimated().and("outcome", "failed").and("error_code", ".*Exception")),
        throwing("throw at the beginning", Ledger.one("cost_basis", "unknown|reported")),
        throwing("throw at the head", Ledger.one("cost_basis", "unknown|reported")),
        throwing("throw at a byte", Ledger.one("cost_basis", "unknown|reported")),
        new Case(
            "nobody-listens",
            ANSWER,
            w -> {
              int port;
              try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
              }
              using(
                  new HttpClient(),
                  c ->
                      JettyCases.whole(
                          w, question(c, "http://127.0.0.1:" + port + CHAT_PATH, STREAM_QUESTION)));
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("error_code", "java.net.ConnectException")));
  }

  private interface Program {
    void run(Request request) throws Exception;
  }

  private static void asked(World world, Program program) throws Exception {
    using(new HttpClient(), c -> program.run(question(c, world.url(CHAT_PATH), STREAM_QUESTION)));
  }

  private static Case throwing(String where, Ledger ledger) {
    return new Case(
        where.replace(' ', '-'),
        ANSWER,
        w -> {
          w.kept.put(where, true);
          asked(w, request -> JettyCases.listener(w, request));
        },
        ledger);
  }
}
