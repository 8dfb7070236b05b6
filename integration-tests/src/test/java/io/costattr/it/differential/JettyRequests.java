package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.JettyCases.ANSWER;
import static io.costattr.it.differential.JettyCases.asked;
import static io.costattr.it.differential.JettyCases.question;
import static io.costattr.it.differential.JettyCases.using;
import static io.costattr.it.differential.JettyCases.whole;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.loopback.Coding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.Callback;

/** What may be sent through Jetty's client, and what comes before an answer. */
final class JettyRequests {
  private static final String MODEL = "request_model";
  private static final Ledger WHOLE = reported().and(MODEL, "gpt-4o-mini");

  private JettyRequests() {}

  static List<Case> cases() {
    List<Case> all = new ArrayList<>(bodies());
    all.addAll(heads());
    all.addAll(others());
    return all;
  }

  private static List<Case> bodies() {
    return List.of(
        new Case("blocking", ANSWER, w -> asked(w, JettyRequests::blocking), WHOLE),
        new Case(
            "gzip-ed-request",
            ANSWER,
            w ->
                asked(
                    w,
                    (world, request) ->
                        whole(
                            world,
                            request
                                .headers(h -> h.put("Content-Encoding", "gzip"))
                                .body(
                                    new BytesRequestContent(
                                        Coding.GZIP.encode(QUESTION.getBytes(UTF_8)))))),
            WHOLE),
        new Case(
            "body-of-a-stream",
            ANSWER,
            w ->
                asked(
                    w,
                    (world, request) ->
                        whole(
                            world,
                            request.body(
                                content(new ByteArrayInputStream(QUESTION.getBytes(UTF_8)))))),
            WHOLE),
        new Case("body-that-comes-later", ANSWER, w -> asked(w, JettyRequests::later), WHOLE),
        new Case(
            "body-that-fails",
            ANSWER,
            w -> {
              asked(w, (world, request) -> whole(world, request.body(content(new Broken()))));
              w.awaitConnection();
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("error_code", ".*IOException")),
        new Case(
            "body-that-is-given-up",
            (w, q, r) -> r.close(),
            w ->
                asked(
                    w,
                    (world, request) -> {
                      AsyncRequestContent content = new AsyncRequestContent();
                      JettyListener listener = new JettyListener(world);
                      request.body(content).send(listener);
                      content.write(
                          false, ByteBuffer.wrap("{\"model\":".getBytes(UTF_8)), Callback.NOOP);
                      world.awaitConnection();
                      content.fail(new IOException("the application's own"));
                      listener.await();
                    }),
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("error_code", ".*IOException")),
        new Case(
            "no-body",
            ANSWER,
            w -> asked(w, (world, request) -> whole(world, request.body(null))),
            reported().and(MODEL, "null")));
  }

  private static List<Case> heads() {
    return List.of(
        new Case(
            "expect-continue",
            ANSWER,
            w -> asked(w, (world, request) -> whole(world, expecting(request))),
            WHOLE),
        new Case(
            "expectation-that-fails",
            (w, q, r) -> r.status(417).body("{\"error\":{\"code\":\"no\"}}"),
            w -> asked(w, (world, request) -> whole(world, expecting(request))),
            refused(417, "no|417")),
        new Case(
            "get-of-a-stored-completion",
            ANSWER,
            w ->
                using(
                    new HttpClient(),
                    c -> whole(w, c.newRequest(w.url(CHAT_PATH + "/chatcmpl-1?a=b")))),
            nothing()),
        new Case(
            "head",
            (w, q, r) -> r.raw("HTTP/1.1 200 OK\r\ncontent-length: 77\r\n\r\n".getBytes(UTF_8)),
            w ->
                using(
                    new HttpClient(), c -> whole(w, c.newRequest(w.url(CHAT_PATH)).method("HEAD"))),
            nothing()),
        new Case(
            "proxy",
            ANSWER,
            w -> {
              HttpClient client = new HttpClient();
              client
                  .getProxyConfiguration()
                  .addProxy(new HttpProxy("127.0.0.1", w.server().port()));
              using(
                  client,
                  c -> whole(w, question(c, "http://api.openai.com" + CHAT_PATH, QUESTION)));
            },
            reported().and("provider", "openai").and("server_address", "api.openai.com")),
        new Case(
            "redirect-307",
            (w, q, r) -> {
              if (q.path().equals("/old/chat/completions")) {
                r.status(307).header("location", CHAT_PATH).body("moved");
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w ->
                using(
                    new HttpClient(),
                    c -> whole(w, question(c, w.url("/old/chat/completions"), QUESTION))),
            WHOLE),
        new Case(
            "redirect-without-end",
            (w, q, r) -> r.status(307).header("location", CHAT_PATH).body("moved"),
            w -> asked(w, JettyCases::whole),
            nothing()),
        new Case(
            "authenticated-at-the-second-try",
            (w, q, r) -> {
              if (q.header("authorization") == null) {
                r.status(401).header("www-authenticate", "Basic realm=\"it\"").body("{}");
              } else {
                r.header("content-type", "application/json").coding(Coding.GZIP).body(CHAT);
              }
            },
            w -> {
              HttpClient client = new HttpClient();
              // Else it is chance far more often whether the first one is free again.
              client.setMaxConnectionsPerDestination(1);
              client
                  .getAuthenticationStore()
                  .addAuthentication(
                      new BasicAuthentication(URI.create(w.server().url()), "it", "u", "p"));
              using(
                  client,
                  c ->
                      whole(
                          w,
                          question(c, w.url(CHAT_PATH), QUESTION)
                              .headers(h -> h.remove("Authorization"))));
            },
            refused(401, "401").then(WHOLE)));
  }

  private static List<Case> others() {
    return List.of(
        new Case(
            "listeners-of-the-request",
            ANSWER,
            w ->
                asked(
                    w,
                    (world, request) ->
                        whole(
                            world,
                            request
                                .onRequestBegin(q -> world.seen.say("begins", q.getPath()))
                                .onRequestContent(
                                    (q, bytes) ->
                                        world.seen.say("content", bytes.remaining() + " bytes"))
                                .onRequestSuccess(q -> world.seen.say("sent", q.getMethod()))
                                .onResponseHeader(
                                    (r, field) -> !field.getName().equals("Content-Type")))),
            WHOLE),
        new Case(
            "answered-before-the-body-was-sent",
            (w, q, r) -> r.status(413).body("{}"),
            w -> asked(w, JettyCases::whole),
            refused(413, "413").without(MODEL)),
        new Case(
            "interim-answers",
            (w, q, r) -> {
              r.raw(
                  ("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"
                          + "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                          + "content-length: "
                          + CHAT.getBytes(UTF_8).length
                          + "\r\n\r\n"
                          + CHAT)
                      .getBytes(UTF_8));
            },
            w -> asked(w, JettyCases::whole),
            WHOLE),
        new Case(
            "unknown-host",
            ANSWER,
            w ->
                using(
                    new HttpClient(),
                    c -> whole(w, question(c, w.unknownHostUrl(CHAT_PATH), QUESTION))),
            reported().and("provider", "openai-compatible")),
        new Case(
            "queued-for-the-only-connection",
            (w, q, r) -> {
              r.await(w.gate("asked"));
              ANSWER.answer(w, q, r);
            },
            JettyRequests::queued,
            reported().thenAnother(reported()).thenAnother(reported())),
        new Case(
            "the-same-connection-again",
            ANSWER,
            w ->
                using(
                    new HttpClient(),
                    c -> {
                      for (int i = 0; i < 3; i++) {
                        whole(w, question(c, w.url(CHAT_PATH), QUESTION));
                      }
                    }),
            reported().thenAnother(reported()).thenAnother(reported())),
        new Case(
            "stopped-client",
            ANSWER,
            w -> {
              HttpClient client = new HttpClient();
              client.start();
              Request request = question(client, w.url(CHAT_PATH), QUESTION);
              client.stop();
              try {
                whole(w, request);
              } catch (RejectedExecutionException | IllegalStateException e) {
                w.seen.kind("sending", e);
              }
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")));
  }

  private static void blocking(World world, Request request) throws Exception {
    ContentResponse response = request.send();
    JettyCases.head(world, response);
    world.seen.body("body", response.getContent());
  }

  private static void later(World world, Request request) throws Exception {
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

  private static Request.Content content(InputStream in) {
    return new InputStreamRequestContent(
        "application/json", in, new ByteBufferPool.Sized(null, false, 16));
  }

  private static Request expecting(Request request) {
    return request.headers(headers -> headers.put("Expect", "100-continue"));
  }

  /** The connection is the first request's, while the others wait for it. */
  private static void queued(World world) throws Exception {
    HttpClient client = new HttpClient();
    client.setMaxConnectionsPerDestination(1);
    using(
        client,
        c -> {
          List<CompletableFuture<ContentResponse>> answers = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            Request request =
                c.POST(world.url(CHAT_PATH))
                    .body(new StringRequestContent("application/json", QUESTION));
            answers.add(new CompletableResponseListener(request).send());
          }
          world.gate("asked").awaitReached();
          world.gate("asked").open();
          for (CompletableFuture<ContentResponse> answer : answers) {
            world.seen.body("body", answer.get(30, TimeUnit.SECONDS).getContent());
          }
        });
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the application's own");
    }
  }
}
