package io.costattr.it.differential;

import static io.costattr.it.differential.Apache5AsyncCases.ANSWER;
import static io.costattr.it.differential.Apache5AsyncCases.client;
import static io.costattr.it.differential.Apache5AsyncCases.own;
import static io.costattr.it.differential.Apache5AsyncCases.question;
import static io.costattr.it.differential.Apache5AsyncCases.result;
import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.loopback.Coding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.StreamChannel;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.util.TimeValue;

/** What may be sent through the asynchronous client, and what comes before an answer. */
final class Apache5AsyncRequests {
  private static final String MODEL = "request_model";

  private Apache5AsyncRequests() {}

  static List<Case> cases() {
    return List.of(
        new Case(
            "producing-body",
            ANSWER,
            w -> producing(w, new Producer(false)),
            reported().and(MODEL, "gpt-4o-mini")),
        new Case(
            "body-that-fails",
            ANSWER,
            w -> {
              producing(w, new Producer(true));
              w.awaitConnection();
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("error_code", "java.io.IOException")),
        new Case(
            "gzip-ed-request",
            ANSWER,
            w -> {
              SimpleHttpRequest request = question(w.url(CHAT_PATH), "");
              request.addHeader("Content-Encoding", "gzip");
              request.setBody(
                  Coding.GZIP.encode(QUESTION.getBytes(UTF_8)), ContentType.APPLICATION_JSON);
              own(w, client().build(), request);
            },
            reported().and(MODEL, "gpt-4o-mini")),
        new Case(
            "no-body",
            ANSWER,
            w -> own(w, client().build(), SimpleHttpRequest.create("POST", w.url(CHAT_PATH))),
            reported().and(MODEL, "null")),
        new Case(
            "expect-continue",
            ANSWER,
            w -> own(w, expecting()),
            reported().and(MODEL, "gpt-4o-mini")),
        new Case(
            "expectation-that-fails",
            (w, q, r) -> r.status(417).body("{\"error\":{\"code\":\"no\"}}"),
            w -> own(w, expecting()),
            refused(417, "no|417")),
        new Case(
            "get-of-a-stored-completion",
            ANSWER,
            w ->
                own(
                    w,
                    client().build(),
                    SimpleHttpRequest.create("GET", w.url(CHAT_PATH + "/chatcmpl-1?a=b"))),
            nothing()),
        new Case(
            "head",
            (w, q, r) -> r.raw("HTTP/1.1 200 OK\r\ncontent-length: 77\r\n\r\n".getBytes(UTF_8)),
            w -> own(w, client().build(), SimpleHttpRequest.create("HEAD", w.url(CHAT_PATH))),
            nothing()),
        new Case(
            "proxy",
            ANSWER,
            w -> {
              HttpHost proxy = new HttpHost("http", "127.0.0.1", w.server().port());
              own(
                  w,
                  client().setProxy(proxy).build(),
                  question("http://api.openai.com" + CHAT_PATH, QUESTION));
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
            w -> own(w, client().build(), question(w.url("/old/chat/completions"), QUESTION)),
            reported().and(MODEL, "gpt-4o-mini")),
        new Case(
            "retried-by-the-client",
            (w, q, r) -> {
              if (w.kept.putIfAbsent("tried", true) == null) {
                r.status(503).body("later");
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w ->
                own(
                    w,
                    HttpAsyncClients.custom()
                        .setRetryStrategy(
                            new DefaultHttpRequestRetryStrategy(2, TimeValue.ofMilliseconds(20)))
                        .build()),
            refused(503, "503").then(reported())),
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
              BasicCredentialsProvider credentials = new BasicCredentialsProvider();
              credentials.setCredentials(
                  new AuthScope(null, -1), new UsernamePasswordCredentials("u", "p".toCharArray()));
              SimpleHttpRequest request = question(w.url(CHAT_PATH), QUESTION);
              request.removeHeaders("Authorization");
              own(w, client().setDefaultCredentialsProvider(credentials).build(), request);
            },
            refused(401, "401").then(reported())),
        new Case(
            "interceptors",
            (w, q, r) ->
                r.header("content-type", "application/json").coding(Coding.GZIP).body(CHAT),
            w ->
                own(
                    w,
                    client()
                        .addRequestInterceptorLast(
                            (request, entity, context) -> {
                              w.seen.say("sending", request.getPath());
                              request.addHeader("X-Own", "1");
                            })
                        .addExecInterceptorLast(
                            "own",
                            (request, body, scope, chain, callback) -> {
                              w.seen.say("last", body.getContentLength() + body.getContentType());
                              chain.proceed(request, body, scope, callback);
                            })
                        .build()),
            reported().and(MODEL, "gpt-4o-mini")),
        new Case(
            "answered-before-the-body-was-sent",
            (w, q, r) -> r.status(413).body("{}"),
            w -> own(w, client().build(), question(w.url(CHAT_PATH), QUESTION)),
            refused(413, "413").without("request_model")),
        new Case(
            "unknown-host",
            ANSWER,
            w -> own(w, client().build(), question(w.unknownHostUrl(CHAT_PATH), QUESTION)),
            reported().and("provider", "openai-compatible")),
        new Case(
            "no-host",
            ANSWER,
            w -> own(w, client().build(), SimpleHttpRequest.create("POST", CHAT_PATH)),
            nothing()),
        new Case(
            "closed-client",
            ANSWER,
            w -> {
              CloseableHttpAsyncClient client = client().build();
              client.start();
              client.close();
              result(w, Apache5AsyncCases.sent(w, client, question(w.url(CHAT_PATH), QUESTION)));
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")));
  }

  private static CloseableHttpAsyncClient expecting() {
    return client()
        .setDefaultRequestConfig(RequestConfig.custom().setExpectContinueEnabled(true).build())
        .build();
  }

  private static void producing(World world, AsyncEntityProducer producer) throws Exception {
    SimpleHttpRequest head = SimpleHttpRequest.create("POST", world.url(CHAT_PATH));
    try (CloseableHttpAsyncClient client = client().build()) {
      client.start();
      world.seen.say(
          "result",
          result(
              world,
              client.execute(
                  new BasicRequestProducer(head, producer), new Apache5Consumer(world), null)));
    }
  }

  /** Produces a few bytes at a time. */
  private static final class Producer extends AbstractBinAsyncEntityProducer {
    private final ByteBuffer bytes = ByteBuffer.wrap(QUESTION.getBytes(UTF_8));
    private final boolean failing;

    Producer(boolean failing) {
      super(16, ContentType.APPLICATION_JSON);
      this.failing = failing;
    }

    @Override
    protected int availableData() {
      return bytes.remaining();
    }

    @Override
    protected void produceData(StreamChannel<ByteBuffer> channel) throws IOException {
      if (failing) {
        throw new IOException("the application's own");
      }
      ByteBuffer few = bytes.duplicate();
      few.limit(Math.min(few.limit(), few.position() + 7));
      bytes.position(bytes.position() + channel.write(few));
      if (!bytes.hasRemaining()) {
        channel.endStream();
      }
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public void failed(Exception cause) {}
  }
}
