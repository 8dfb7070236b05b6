package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.OkHttpCases.JSON;
import static io.costattr.it.differential.OkHttpCases.client;
import static io.costattr.it.differential.OkHttpCases.one;
import static io.costattr.it.differential.OkHttpCases.question;
import static io.costattr.it.differential.OkHttpCases.request;
import static io.costattr.it.differential.OkHttpCases.with;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.it.differential.Case.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import okhttp3.Cache;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;

/** What may be sent through OkHttp, and what comes before an answer. */
final class OkHttpRequests {
  private OkHttpRequests() {}

  static List<Case> cases() {
    Script answer = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);
    return List.of(
        one(
            "one-shot-body",
            answer,
            world ->
                with(
                    world,
                    client(world),
                    request(world, CHAT_PATH, "").post(new OneShot()),
                    response -> world.seen.body("body", response.body().string())),
            reported().and("request_model", "gpt-4o-mini")),
        one(
            "gzip-ed-request",
            answer,
            world ->
                with(
                    world,
                    client(world).addInterceptor(OkHttpRequests::gzip),
                    request(world, CHAT_PATH, Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            reported().and("request_model", "gpt-4o-mini")),
        one(
            "own-accept-encoding",
            (w, q, r) ->
                r.header("content-type", "application/json")
                    .coding(io.costattr.loopback.Coding.GZIP)
                    .body(CHAT),
            world ->
                with(
                    world,
                    client(world),
                    request(world, CHAT_PATH, Fixture.QUESTION).header("Accept-Encoding", "gzip"),
                    response -> world.seen.body("body", response.body().bytes())),
            reported()),
        one(
            "request-body-that-fails",
            answer,
            world -> {
              OkHttpClient.Builder client = client(world);
              with(world, client, question(world.url("/warm"), "{}"), r -> r.body().bytes());
              with(
                  world,
                  client,
                  request(world, CHAT_PATH, "").post(new Failing()),
                  response -> world.seen.body("body", response.body().string()));
            },
            one("cost_basis", "none", "http_status", "null", "outcome", "failed")
                .and("error_code", "java.io.IOException")),
        one(
            "unknown-host",
            answer,
            world ->
                with(
                    world,
                    client(world),
                    question(world.unknownHostUrl(CHAT_PATH), Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            reported().and("provider", "openai-compatible")),
        one(
            "unknown-host-that-answers-something-else",
            (w, q, r) -> r.header("content-type", "application/json").body("{\"ok\":true}"),
            world ->
                with(
                    world,
                    client(world),
                    question(world.unknownHostUrl(CHAT_PATH), Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            nothing()),
        one(
            "unknown-host-that-is-asked-something-else",
            answer,
            world ->
                with(
                    world,
                    client(world),
                    question(world.unknownHostUrl(CHAT_PATH), "{\"text\":\"hello\"}"),
                    response -> world.seen.body("body", response.body().string())),
            nothing()),
        one(
            "unknown-host-left-early",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(": wait\n\n").await(w.gate("left"));
            },
            world -> {
              with(
                  world,
                  client(world),
                  question(world.unknownHostUrl(CHAT_PATH), Fixture.STREAM_QUESTION),
                  response -> world.seen.body("l", response.body().source().readUtf8Line()));
              world.gate("left").open();
            },
            estimated().and("provider", "openai-compatible").and("outcome", "abandoned")),
        one(
            "get-of-a-stored-completion",
            answer,
            world ->
                with(
                    world,
                    client(world),
                    new Request.Builder().url(world.url(CHAT_PATH + "/chatcmpl-1")),
                    response -> world.seen.body("body", response.body().string())),
            nothing()),
        one(
            "cache",
            (w, q, r) ->
                r.header("content-type", "application/json")
                    .header("cache-control", "max-age=1000")
                    .body(CHAT),
            world -> {
              Path directory = Files.createTempDirectory("costattr-cache");
              Cache cache = new Cache(directory.toFile(), 1 << 20);
              OkHttpClient.Builder client = client(world).cache(cache);
              for (int i = 0; i < 2; i++) {
                with(
                    world,
                    client,
                    new Request.Builder().url(world.url("/v1/models")),
                    response -> {
                      world.seen.body("body", response.body().string());
                      world.seen.say("from cache", response.cacheResponse() != null);
                    });
              }
              world.seen.say("hits", cache.hitCount() + " of " + cache.requestCount());
              cache.delete();
            },
            nothing()),
        one(
            "only-if-cached",
            answer,
            world ->
                with(
                    world,
                    client(world),
                    request(world, CHAT_PATH, Fixture.QUESTION)
                        .header("Cache-Control", "only-if-cached"),
                    response -> world.seen.body("body", response.body().string())),
            nothing()),
        one(
            "redirect-307",
            (w, q, r) -> {
              if (q.path().equals("/old/chat/completions")) {
                r.status(307).header("location", CHAT_PATH).body("moved");
              } else {
                r.header("content-type", "application/json").body(CHAT);
              }
            },
            world ->
                with(
                    world,
                    client(world),
                    request(world, "/old/chat/completions", Fixture.QUESTION),
                    response -> {
                      world.seen.say("prior", response.priorResponse());
                      world.seen.body("body", response.body().string());
                    }),
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
            world ->
                with(
                    world,
                    client(world),
                    request(world, CHAT_PATH, Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            nothing()),
        one(
            "expect-continue",
            answer,
            world ->
                with(
                    world,
                    client(world),
                    request(world, CHAT_PATH, Fixture.QUESTION).header("Expect", "100-continue"),
                    response -> world.seen.body("body", response.body().string())),
            reported().and("request_model", "gpt-4o-mini")),
        one(
            "stale-connection",
            (w, q, r) -> {
              r.header("content-type", "application/json").body(CHAT);
              r.close();
            },
            world -> {
              OkHttpClient.Builder client = client(world);
              with(world, client, question(world.url("/warm"), "{}"), r -> r.body().bytes());
              with(
                  world,
                  client,
                  request(world, CHAT_PATH, Fixture.QUESTION),
                  response -> world.seen.body("body", response.body().string()));
            },
            unknown()
                .and("outcome", "failed")
                .and("http_status", "null")
                .and("error_code", "java.io.IOException")
                .then(reported())),
        one(
            "authenticator",
            (w, q, r) -> {
              if (q.header("authorization") == null) {
                r.status(401).header("www-authenticate", "Basic realm=it").body("{}");
              } else {
                r.header("content-type", "application/json").body(CHAT);
              }
            },
            world ->
                with(
                    world,
                    client(world)
                        .authenticator(
                            (route, response) ->
                                response
                                    .request()
                                    .newBuilder()
                                    .header("Authorization", "x")
                                    .build()),
                    request(world, CHAT_PATH, Fixture.QUESTION).removeHeader("Authorization"),
                    response -> world.seen.body("body", response.body().string())),
            Ledger.refused(401, "401").then(reported())));
  }

  private static Response gzip(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    RequestBody body = request.body();
    return chain.proceed(
        request
            .newBuilder()
            .header("Content-Encoding", "gzip")
            .post(
                new RequestBody() {
                  @Override
                  public MediaType contentType() {
                    return JSON;
                  }

                  @Override
                  public void writeTo(BufferedSink sink) throws IOException {
                    try (BufferedSink zipped = Okio.buffer(new GzipSink(sink))) {
                      body.writeTo(zipped);
                    }
                  }
                })
            .build());
  }

  private static final class OneShot extends RequestBody {
    private boolean written;

    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      if (written) {
        throw new IOException("written twice");
      }
      written = true;
      for (byte b : Fixture.QUESTION.getBytes(UTF_8)) {
        sink.writeByte(b).flush();
      }
    }
  }

  private static final class Failing extends RequestBody {
    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public long contentLength() {
      return 5000;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.writeUtf8("{\"model\":").flush();
      throw new IOException("the application's own");
    }
  }
}
