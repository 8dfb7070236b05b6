package io.costattr.it.differential;

import static io.costattr.it.differential.Apache5Cases.body;
import static io.costattr.it.differential.Apache5Cases.client;
import static io.costattr.it.differential.Apache5Cases.connections;
import static io.costattr.it.differential.Apache5Cases.one;
import static io.costattr.it.differential.Apache5Cases.question;
import static io.costattr.it.differential.Apache5Cases.with;
import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.it.differential.Case.Script;
import io.costattr.loopback.Coding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntities;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** What may be sent through Apache HttpClient 5, and what comes before an answer. */
final class Apache5Requests {
  private static final Script ANSWER =
      (w, q, r) -> r.header("content-type", "application/json").body(CHAT);
  private static final String MODEL = "request_model";

  private Apache5Requests() {}

  static List<Case> cases() {
    return List.of(
        one(
            "streamed-body",
            ANSWER,
            w -> sending(w, request -> request.setEntity(stream(QUESTION.length()))),
            reported().and(MODEL, "gpt-4o-mini")),
        one(
            "chunked-body",
            ANSWER,
            w -> sending(w, request -> request.setEntity(stream(-1))),
            reported().and(MODEL, "gpt-4o-mini")),
        one(
            "producing-body",
            ANSWER,
            w ->
                sending(
                    w,
                    request ->
                        request.setEntity(
                            HttpEntities.create(
                                out -> {
                                  for (byte b : QUESTION.getBytes(UTF_8)) {
                                    out.write(b);
                                  }
                                },
                                ContentType.APPLICATION_JSON))),
            reported().and(MODEL, "gpt-4o-mini")),
        one(
            "gzip-ed-request",
            ANSWER,
            w ->
                sending(
                    w,
                    request ->
                        request.setEntity(
                            new ByteArrayEntity(
                                Coding.GZIP.encode(QUESTION.getBytes(UTF_8)),
                                ContentType.APPLICATION_JSON,
                                "gzip"))),
            reported().and(MODEL, "gpt-4o-mini")),
        one(
            "request-body-that-fails",
            ANSWER,
            w -> {
              try {
                sending(w, request -> request.setEntity(failing()));
              } finally {
                w.awaitConnection();
              }
            },
            // It may have been sent: the library closes the body as if it were whole.
            unknown().and("outcome", "failed").and("error_code", "java.io.IOException")),
        one(
            "no-body",
            ANSWER,
            w -> sending(w, request -> request.setEntity(null)),
            reported().and(MODEL, "null")),
        one(
            "expect-continue",
            ANSWER,
            w -> with(w, expecting(), question(w.url(CHAT_PATH), QUESTION), r -> body(w, r)),
            reported().and(MODEL, "gpt-4o-mini")),
        one(
            "expectation-that-fails",
            (w, q, r) -> r.status(417).body("{\"error\":{\"code\":\"no\"}}"),
            w -> with(w, expecting(), question(w.url(CHAT_PATH), QUESTION), r -> body(w, r)),
            refused(417, "no|417")),
        one(
            "get-of-a-stored-completion",
            ANSWER,
            w ->
                with(
                    w,
                    client().build(),
                    new HttpGet(w.url(CHAT_PATH + "/chatcmpl-1?a=b")),
                    r -> body(w, r)),
            nothing()),
        one(
            "head",
            (w, q, r) -> r.raw("HTTP/1.1 200 OK\r\ncontent-length: 77\r\n\r\n".getBytes(UTF_8)),
            w ->
                with(
                    w,
                    client().build(),
                    new HttpHead(w.url(CHAT_PATH)),
                    r -> w.seen.say("entity", r.getEntity())),
            nothing()),
        one(
            "query",
            ANSWER,
            w ->
                with(
                    w,
                    client().build(),
                    question(w.url(CHAT_PATH + "?api-version=2024-10-21#x"), QUESTION),
                    r -> body(w, r)),
            reported()),
        one(
            "unknown-host",
            ANSWER,
            w ->
                with(
                    w,
                    client().build(),
                    question(w.unknownHostUrl(CHAT_PATH), QUESTION),
                    r -> body(w, r)),
            reported().and("provider", "openai-compatible")),
        one(
            "host-given-apart",
            ANSWER,
            w -> {
              HttpPost request = question(CHAT_PATH, QUESTION);
              HttpHost host = new HttpHost("http", "127.0.0.1", w.server().port());
              client()
                  .build()
                  .execute(
                      host,
                      request,
                      response -> {
                        body(w, response);
                        return null;
                      });
            },
            reported().and("provider", "openai")),
        one(
            "proxy",
            ANSWER,
            w -> {
              HttpHost proxy = new HttpHost("http", "127.0.0.1", w.server().port());
              with(
                  w,
                  client().setProxy(proxy).build(),
                  question("http://api.openai.com" + CHAT_PATH, QUESTION),
                  r -> body(w, r));
            },
            reported().and("provider", "openai").and("server_address", "api.openai.com|null|")),
        one(
            "redirect-307",
            (w, q, r) -> {
              if (q.path().equals("/old/chat/completions")) {
                r.status(307).header("location", CHAT_PATH).body("moved");
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w ->
                with(
                    w,
                    client().build(),
                    question(w.url("/old/chat/completions"), QUESTION),
                    r -> body(w, r)),
            reported()),
        one(
            "redirect-303",
            (w, q, r) -> {
              if (q.method().equals("POST")) {
                r.status(303).header("location", "/elsewhere").body("");
              } else {
                r.body("done");
              }
            },
            w -> with(w, r -> body(w, r)),
            nothing()),
        one(
            "retried-by-the-client",
            (w, q, r) -> {
              if (w.kept.putIfAbsent("tried", true) == null) {
                r.status(503).body("later");
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w -> {
              CloseableHttpClient client =
                  HttpClients.custom()
                      .setConnectionManager(connections(Timeout.ofSeconds(30)))
                      .setRetryStrategy(
                          new DefaultHttpRequestRetryStrategy(2, TimeValue.ofMilliseconds(20)))
                      .build();
              with(w, client, question(w.url(CHAT_PATH), QUESTION), r -> body(w, r));
            },
            refused(503, "503").then(reported())),
        one(
            "stale-connection",
            (w, q, r) -> {
              ANSWER.answer(w, q, r);
              r.close();
            },
            w -> {
              CloseableHttpClient client = client().build();
              with(w, client, question(w.url("/warm"), "{}"), r -> body(w, r));
              with(w, client, question(w.url(CHAT_PATH), QUESTION), r -> body(w, r));
            },
            Ledger.one("cost_basis", "unknown|reported", "http_status", "null|200")),
        one(
            "connection-kept-alive",
            ANSWER,
            w -> {
              CloseableHttpClient client = client().build();
              with(w, client, question(w.url("/warm"), "{}"), r -> body(w, r));
              with(w, client, question(w.url(CHAT_PATH), QUESTION), r -> body(w, r));
            },
            reported()),
        one(
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
              HttpPost request = question(w.url(CHAT_PATH), QUESTION);
              request.removeHeaders("Authorization");
              with(
                  w,
                  client().setDefaultCredentialsProvider(credentials).build(),
                  request,
                  r -> body(w, r));
            },
            refused(401, "401").then(reported())),
        one(
            "interceptors",
            (w, q, r) ->
                r.header("content-type", "application/json").coding(Coding.GZIP).body(CHAT),
            w ->
                with(
                    w,
                    client()
                        .addRequestInterceptorLast(
                            (request, entity, context) -> {
                              w.seen.say("sending", request.getPath() + " " + entity);
                              request.addHeader("X-Own", "1");
                            })
                        .addResponseInterceptorFirst(
                            (response, entity, context) ->
                                w.seen.say("received", response + " " + entity.getContentLength()))
                        .addExecInterceptorLast(
                            "own",
                            (request, scope, chain) -> {
                              w.seen.say("last", request.getEntity());
                              return chain.proceed(request, scope);
                            })
                        .build(),
                    question(w.url(CHAT_PATH), QUESTION),
                    r -> body(w, r)),
            reported()),
        one(
            "interceptor-that-asks-again",
            ANSWER,
            w ->
                with(
                    w,
                    client()
                        .addExecInterceptorFirst(
                            "own",
                            (request, scope, chain) -> {
                              chain
                                  .proceed(ClassicRequestBuilder.copy(request).build(), scope)
                                  .close();
                              return chain.proceed(request, scope);
                            })
                        .build(),
                    question(w.url(CHAT_PATH), QUESTION),
                    r -> body(w, r)),
            unknown().and("outcome", "abandoned").then(reported())),
        one(
            "context-used-twice",
            ANSWER,
            w -> {
              CloseableHttpClient client = client().build();
              HttpClientContext context = HttpClientContext.create();
              HttpPost request = question(w.url(CHAT_PATH), QUESTION);
              for (int i = 0; i < 2; i++) {
                try (var response = Apache5Cases.execute(client, request, context)) {
                  body(w, response);
                }
              }
            },
            reported().thenAnother(reported())));
  }

  /** What is changed of a request before it is sent. */
  interface Change {
    void of(HttpPost request);
  }

  private static void sending(World world, Change change) throws Exception {
    HttpPost request = question(world.url(CHAT_PATH), QUESTION);
    change.of(request);
    with(world, client().build(), request, response -> body(world, response));
  }

  private static InputStreamEntity stream(int length) {
    InputStream in = new ByteArrayInputStream(QUESTION.getBytes(UTF_8));
    return length < 0
        ? new InputStreamEntity(in, ContentType.APPLICATION_JSON)
        : new InputStreamEntity(in, length, ContentType.APPLICATION_JSON);
  }

  /** Of a length that it never reaches, so that no server takes it for a request. */
  private static InputStreamEntity failing() {
    InputStream in =
        new InputStream() {
          private int left = 9;

          @Override
          public int read() throws IOException {
            if (left == 0) {
              throw new IOException("the application's own");
            }
            left--;
            return ' ';
          }
        };
    return new InputStreamEntity(in, QUESTION.length(), ContentType.APPLICATION_JSON);
  }

  private static CloseableHttpClient expecting() {
    return client()
        .setDefaultRequestConfig(RequestConfig.custom().setExpectContinueEnabled(true).build())
        .build();
  }
}
