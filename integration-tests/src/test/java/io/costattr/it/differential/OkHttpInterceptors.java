package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.OkHttpCases.JSON;
import static io.costattr.it.differential.OkHttpCases.client;
import static io.costattr.it.differential.OkHttpCases.headers;
import static io.costattr.it.differential.OkHttpCases.one;
import static io.costattr.it.differential.OkHttpCases.question;
import static io.costattr.it.differential.OkHttpCases.request;
import static io.costattr.it.differential.OkHttpCases.with;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.io.IOException;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** Interceptors of the application, above and below the agent. */
final class OkHttpInterceptors {
  private OkHttpInterceptors() {}

  static List<Case> cases() {
    Script answer =
        (w, q, r) ->
            r.header("content-type", "application/json")
                .coding(
                    q.path().equals(CHAT_PATH)
                        ? io.costattr.loopback.Coding.GZIP
                        : io.costattr.loopback.Coding.IDENTITY)
                .body(CHAT);
    return List.of(
        one(
            "interceptors",
            answer,
            world ->
                with(
                    world,
                    client(world)
                        .addInterceptor(chain -> watching(world, "application", chain))
                        .addNetworkInterceptor(chain -> watching(world, "network", chain)),
                    request(world, CHAT_PATH, Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            reported()),
        one(
            "application-interceptor-that-answers",
            answer,
            world ->
                with(
                    world,
                    client(world)
                        .addInterceptor(
                            chain ->
                                new Response.Builder()
                                    .request(chain.request())
                                    .protocol(okhttp3.Protocol.HTTP_1_1)
                                    .code(200)
                                    .message("made up")
                                    .body(ResponseBody.create(CHAT, JSON))
                                    .build()),
                    request(world, CHAT_PATH, Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            nothing()),
        one(
            "application-interceptor-that-retries",
            (w, q, r) -> {
              if (w.kept.putIfAbsent("tried", true) == null) {
                r.status(503).body("later");
              } else {
                r.header("content-type", "application/json").body(CHAT);
              }
            },
            world ->
                with(
                    world,
                    client(world)
                        .addInterceptor(
                            chain -> {
                              Response first = chain.proceed(chain.request());
                              first.close();
                              return chain.proceed(chain.request());
                            }),
                    request(world, CHAT_PATH, Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            Ledger.refused(503, "503").then(reported())),
        one(
            "application-interceptor-that-rewrites",
            answer,
            world ->
                with(
                    world,
                    client(world)
                        .addInterceptor(
                            chain ->
                                chain.proceed(
                                    chain
                                        .request()
                                        .newBuilder()
                                        .url(world.url(CHAT_PATH))
                                        .build())),
                    question(world.unknownHostUrl(CHAT_PATH), Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            reported().and("provider", "openai")),
        one(
            "network-interceptor-with-a-body-of-its-own",
            (w, q, r) -> r.header("content-type", "application/json").body(CHAT),
            world ->
                with(
                    world,
                    client(world)
                        .addNetworkInterceptor(
                            chain -> {
                              Response response = chain.proceed(chain.request());
                              ResponseBody body = new Noting(world, response.body());
                              return response.newBuilder().body(body).build();
                            }),
                    request(world, CHAT_PATH, Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            reported()),
        one(
            "network-interceptor-that-calls",
            (w, q, r) ->
                r.header("content-type", "application/json")
                    .body(q.path().equals(CHAT_PATH) ? CHAT : "{\"token\":\"t\"}"),
            world -> {
              OkHttpClient other = new OkHttpClient();
              with(
                  world,
                  client(world)
                      .addNetworkInterceptor(
                          chain -> {
                            Request token =
                                question(
                                        world.url("/token"),
                                        "{\"model\":\"none-77\",\"messages\":[]}")
                                    .build();
                            try (Response response = other.newCall(token).execute()) {
                              world.seen.body("token", response.body().string());
                            }
                            return chain.proceed(chain.request());
                          }),
                  request(world, CHAT_PATH, Fixture.QUESTION),
                  response -> world.seen.body("body", response.body().string()));
            },
            reported().and("request_model", "gpt-4o-mini")),
        one(
            "interceptor-that-throws",
            answer,
            world ->
                with(
                    world,
                    client(world)
                        .addNetworkInterceptor(
                            chain -> {
                              chain.proceed(chain.request()).close();
                              throw new IllegalStateException("a bug of the application's");
                            }),
                    request(world, CHAT_PATH, Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            unknown().and("outcome", "failed").and("error_code", ".*IllegalStateException")));
  }

  private static Response watching(World world, String name, Interceptor.Chain chain)
      throws IOException {
    world.seen.say(name, chain.request());
    headers(world, chain.request().headers());
    world.seen.say(name + " connected", chain.connection() != null);
    world.seen.say(name + " body", chain.request().body().contentLength());
    Response response = chain.proceed(chain.request());
    world.seen.say(name, response);
    headers(world, response.headers());
    world.seen.say(name + " length", response.body().contentLength());
    world.seen.body(name + " peek", response.peekBody(64).bytes());
    return response;
  }

  /** A body that an application made: with an end of its own. */
  private static final class Noting extends ResponseBody {
    private final World world;
    private final ResponseBody body;

    Noting(World world, ResponseBody body) {
      this.world = world;
      this.body = body;
    }

    @Override
    public MediaType contentType() {
      return MediaType.get("application/x-noted");
    }

    @Override
    public long contentLength() {
      return 77;
    }

    @Override
    public BufferedSource source() {
      return body.source();
    }

    @Override
    public void close() {
      world.seen.say("body", "closed");
      body.close();
    }
  }
}
