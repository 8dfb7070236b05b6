package io.costattr.it.differential;

import static io.costattr.it.differential.Apache4AsyncCases.ANSWER;
import static io.costattr.it.differential.Apache4AsyncCases.client;
import static io.costattr.it.differential.Apache4AsyncCases.own;
import static io.costattr.it.differential.Apache4AsyncCases.question;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.it.differential.Case.Script;
import io.costattr.loopback.Coding;
import io.costattr.loopback.LocalhostTls;
import io.costattr.loopback.WireServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpHead;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.DefaultRedirectStrategy;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.conn.ManagedNHttpClientConnectionFactory;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.nio.NHttpConnection;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.conn.ManagedNHttpClientConnection;

/** What may be sent through Apache HttpAsyncClient 4, and what comes before an answer. */
final class Apache4AsyncRequests {
  private static final Script MOVED =
      (w, q, r) -> {
        if (q.path().equals("/old/chat/completions")) {
          r.status(307).header("location", CHAT_PATH).body("moved");
        } else {
          ANSWER.answer(w, q, r);
        }
      };
  private static final Script CHALLENGING =
      (w, q, r) -> {
        if (q.header("authorization") == null) {
          r.status(401).header("www-authenticate", "Basic realm=\"it\"").body("{}");
        } else {
          ANSWER.answer(w, q, r);
        }
      };

  private Apache4AsyncRequests() {}

  static List<Case> cases() {
    Ledger answered =
        reported()
            .and("request_model", "gpt-4o-mini")
            .and("client", "apache-httpasyncclient [0-9.]+");
    return List.of(
        new Case("one-thread", ANSWER, w -> own(w, client().build()), answered),
        new Case(
            "slowly",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              for (String line : CHAT_STREAM.split("(?<=\n)")) {
                r.part(line);
              }
            },
            w -> {
              w.kept.put("slowly", true);
              own(w, client().build(), question(w.url(CHAT_PATH), STREAM_QUESTION));
            },
            answered),
        new Case(
            "from-a-file",
            ANSWER,
            w -> {
              Path file = Files.writeString(Files.createTempFile("costattr", ".json"), QUESTION);
              try (CloseableHttpAsyncClient client = client().build()) {
                client.start();
                Apache4Consumer consumer = new Apache4Consumer(w);
                consumer.result(
                    client.execute(
                        HttpAsyncMethods.createZeroCopyPost(
                            w.url(CHAT_PATH), file.toFile(), ContentType.APPLICATION_JSON),
                        consumer,
                        null));
              } finally {
                Files.delete(file);
              }
            },
            answered),
        new Case(
            "chunked-body",
            ANSWER,
            w -> sending(w, request -> request.setEntity(stream(-1))),
            answered),
        new Case(
            "body-that-fails",
            ANSWER,
            w -> {
              sending(w, request -> request.setEntity(failing()));
              w.awaitConnection();
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("error_code", "java.io.IOException")),
        new Case(
            "gzip-ed-request",
            ANSWER,
            w ->
                sending(
                    w,
                    request -> {
                      ByteArrayEntity coded =
                          new ByteArrayEntity(
                              Coding.GZIP.encode(QUESTION.getBytes(UTF_8)),
                              ContentType.APPLICATION_JSON);
                      coded.setContentEncoding("gzip");
                      request.setEntity(coded);
                    }),
            answered),
        new Case(
            "no-body",
            ANSWER,
            w -> sending(w, request -> request.setEntity(null)),
            reported().and("request_model", "null")),
        new Case("expect-continue", ANSWER, w -> own(w, expecting()), answered),
        new Case(
            "expectation-that-fails",
            (w, q, r) -> r.status(417).body("{\"error\":{\"code\":\"no\"}}"),
            w -> own(w, expecting()),
            refused(417, "no|417")),
        new Case(
            "get-of-a-stored-completion",
            ANSWER,
            w -> own(w, client().build(), new HttpGet(w.url(CHAT_PATH + "/chatcmpl-1?a=b"))),
            nothing()),
        new Case(
            "head",
            (w, q, r) -> r.raw("HTTP/1.1 200 OK\r\ncontent-length: 77\r\n\r\n".getBytes(UTF_8)),
            w -> own(w, client().build(), new HttpHead(w.url(CHAT_PATH))),
            nothing()),
        new Case(
            "unknown-host",
            ANSWER,
            w -> own(w, client().build(), question(w.unknownHostUrl(CHAT_PATH), QUESTION)),
            answered.and("provider", "openai-compatible")),
        new Case(
            "proxy",
            ANSWER,
            w ->
                own(
                    w,
                    client().setProxy(new HttpHost("127.0.0.1", w.server().port(), "http")).build(),
                    question("http://api.openai.com" + CHAT_PATH, QUESTION)),
            answered.and("provider", "openai")),
        new Case("tls", ANSWER, w -> secure(w, ANSWER, null), answered),
        new Case(
            "tunnel",
            ANSWER,
            w -> {
              try (RawServer proxy = RawServer.tunnel(w)) {
                secure(w, ANSWER, new HttpHost("127.0.0.1", proxy.port(), "http"));
              }
            },
            answered),
        new Case(
            "tunnel-refused",
            ANSWER,
            w -> {
              try (RawServer proxy =
                  RawServer.saying(w, "HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n")) {
                secure(w, ANSWER, new HttpHost("127.0.0.1", proxy.port(), "http"));
              }
            },
            Ledger.one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("error_code", "org.apache.http.HttpException")),
        new Case(
            "redirect-307",
            MOVED,
            w -> own(w, following(), question(w.url("/old/chat/completions"), QUESTION)),
            answered),
        new Case(
            "redirect-not-followed",
            (w, q, r) -> r.status(307).header("location", CHAT_PATH).body("moved"),
            w -> own(w, client().build()),
            nothing()),
        new Case(
            "authenticated-at-the-second-try",
            CHALLENGING,
            w -> {
              BasicCredentialsProvider credentials = new BasicCredentialsProvider();
              credentials.setCredentials(
                  new AuthScope(null, -1), new UsernamePasswordCredentials("u", "p"));
              HttpPost request = question(w.url(CHAT_PATH), QUESTION);
              request.removeHeaders("Authorization");
              own(w, client().setDefaultCredentialsProvider(credentials).build(), request);
            },
            refused(401, "401").then(answered)),
        new Case(
            "stale-connection",
            (w, q, r) -> {
              ANSWER.answer(w, q, r);
              r.close();
            },
            w -> {
              List<NHttpConnection> connections = new CopyOnWriteArrayList<>();
              try (CloseableHttpAsyncClient client = remembering(connections)) {
                client.start();
                asked(w, client, "/warm");
                // Asked earlier, it is chance whether the request is lost with the connection.
                while (connections.get(0).isOpen()) {
                  Thread.onSpinWait();
                }
                asked(w, client, CHAT_PATH);
              }
            },
            answered),
        new Case(
            "connection-kept-alive",
            ANSWER,
            w -> {
              try (CloseableHttpAsyncClient client = client().build()) {
                client.start();
                for (int i = 0; i < 2; i++) {
                  asked(w, client, CHAT_PATH);
                }
              }
            },
            answered.thenAnother(answered)));
  }

  private static void asked(World world, CloseableHttpAsyncClient client, String path)
      throws Exception {
    Apache4Consumer consumer = new Apache4Consumer(world);
    consumer.result(Apache4AsyncCases.sent(client, question(world.url(path), QUESTION), consumer));
  }

  private static void sending(World world, Apache4Requests.Change change) throws Exception {
    HttpPost request = question(world.url(CHAT_PATH), QUESTION);
    change.of(request);
    own(world, client().build(), request);
  }

  private static void secure(World world, Script script, HttpHost proxy) throws Exception {
    WireServer.Options options = WireServer.Options.defaults().withTls();
    try (WireServer server = WireServer.start(options, (q, r) -> script.answer(world, q, r))) {
      CloseableHttpAsyncClient client =
          client().setSSLContext(LocalhostTls.context()).setProxy(proxy).build();
      own(world, client, question("https://127.0.0.1:" + server.port() + CHAT_PATH, QUESTION));
      world.seen.requests(server.requests());
    }
  }

  private static CloseableHttpAsyncClient remembering(List<NHttpConnection> connections)
      throws IOException {
    return client()
        .setConnectionManager(
            new PoolingNHttpClientConnectionManager(
                new DefaultConnectingIOReactor(Apache4AsyncCases.oneThread()),
                (session, config) -> {
                  ManagedNHttpClientConnection made =
                      ManagedNHttpClientConnectionFactory.INSTANCE.create(session, config);
                  connections.add(made);
                  return made;
                }))
        .build();
  }

  private static CloseableHttpAsyncClient following() {
    return client()
        .setRedirectStrategy(new DefaultRedirectStrategy(new String[] {"GET", "POST"}))
        .build();
  }

  private static CloseableHttpAsyncClient expecting() {
    return client()
        .setDefaultRequestConfig(RequestConfig.custom().setExpectContinueEnabled(true).build())
        .build();
  }

  private static InputStreamEntity stream(int length) {
    return new InputStreamEntity(
        new java.io.ByteArrayInputStream(QUESTION.getBytes(UTF_8)),
        length,
        ContentType.APPLICATION_JSON);
  }

  private static InputStreamEntity failing() {
    InputStream in =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the application's own");
          }
        };
    return new InputStreamEntity(in, QUESTION.length(), ContentType.APPLICATION_JSON);
  }
}
