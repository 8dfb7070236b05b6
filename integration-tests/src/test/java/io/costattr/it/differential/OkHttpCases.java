package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.one;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.it.differential.Case.Program;
import io.costattr.it.differential.Case.Script;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.GzipSink;
import okio.Okio;

/** OkHttp as applications use it. */
final class OkHttpCases {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final Duration LONG = Duration.ofSeconds(30);

  private OkHttpCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(
          new Case(
              "execute/" + shape.name(),
              shape.script(),
              world -> execute(world, shape),
              shape.ledger()));
      all.add(
          new Case(
              "enqueue/" + shape.name(),
              shape.script(),
              world -> enqueue(world, shape),
              shape.ledger()));
      all.add(
          new Case(
              "lines/" + shape.name(),
              shape.script(),
              world -> lines(world, shape),
              shape.ledger()));
    }
    all.addAll(reading());
    all.addAll(requests());
    all.addAll(interceptors());
    all.addAll(endings());
    return all;
  }

  // Reading to the end, in three ways.

  private static void execute(World world, Shape shape) throws IOException {
    OkHttpClient client = client(world).build();
    Request request = request(world, shape.path(), shape.question()).build();
    Call call = client.newCall(request);
    try (Response response = call.execute()) {
      head(world, request, response);
      world.seen.body("body", response.body().bytes());
      trailers(world, response);
    }
    world.seen.say("call", call.isExecuted() + " " + call.isCanceled());
  }

  private static void enqueue(World world, Shape shape) throws Exception {
    OkHttpClient client = client(world).build();
    Request request = request(world, shape.path(), shape.question()).build();
    CountDownLatch done = new CountDownLatch(1);
    client
        .newCall(request)
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                world.seen.thread("onFailure");
                world.seen.failure("call", e);
                done.countDown();
              }

              @Override
              public void onResponse(Call call, Response response) {
                world.seen.thread("onResponse");
                try (response) {
                  head(world, request, response);
                  world.seen.body("body", response.body().string());
                } catch (IOException e) {
                  world.seen.failure("body", e);
                }
                done.countDown();
              }
            });
    world.seen.say("ended", done.await(30, TimeUnit.SECONDS));
  }

  private static void lines(World world, Shape shape) throws IOException {
    OkHttpClient client = client(world).build();
    Request request = request(world, shape.path(), shape.question()).build();
    try (Response response = client.newCall(request).execute()) {
      head(world, request, response);
      BufferedSource source = response.body().source();
      for (String line = source.readUtf8Line(); line != null; line = source.readUtf8Line()) {
        world.seen.body("line", line);
      }
      world.seen.say("exhausted", source.exhausted());
    }
  }

  private static List<Case> reading() {
    Script answer = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);
    return List.of(
        one(
            "peek",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      world.seen.body("peeked", response.peekBody(20).string());
                      world.seen.body("peeked", response.peekBody(1 << 20).string());
                      BufferedSource peek = response.body().source().peek();
                      world.seen.body("peeked", peek.readUtf8());
                      world.seen.body("body", response.body().string());
                    }),
            reported()),
        one(
            "peeked-only",
            answer,
            world ->
                with(world, response -> world.seen.body("p", response.peekBody(1 << 20).bytes())),
            reported()),
        one(
            "read-twice",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      world.seen.body("body", response.body().string());
                      world.seen.body("body", response.body().string());
                    }),
            reported()),
        one(
            "read-after-close",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      response.close();
                      world.seen.say("open", response.body().source().isOpen());
                      world.seen.body("body", response.body().string());
                    }),
            unknown().and("outcome", "abandoned")),
        one("never-read", answer, world -> with(world, response -> {}), unknown()),
        one(
            "bytes-one-by-one",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      InputStream in = response.body().byteStream();
                      Buffer read = new Buffer();
                      for (int b = in.read(); b >= 0; b = in.read()) {
                        read.writeByte(b);
                      }
                      world.seen.body("body", read.readByteArray());
                    }),
            reported()),
        one(
            "characters",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      StringBuilder text = new StringBuilder();
                      for (int c = response.body().charStream().read(); c >= 0; ) {
                        text.append((char) c);
                        c = response.body().charStream().read();
                      }
                      world.seen.body("body", text.toString());
                    }),
            reported()),
        one(
            "on-another-thread",
            answer,
            world ->
                with(
                    world,
                    response -> {
                      Thread reader =
                          new Thread(
                              () -> {
                                try {
                                  world.seen.body("body", response.body().string());
                                } catch (IOException e) {
                                  world.seen.failure("body", e);
                                }
                              });
                      reader.start();
                      join(reader);
                    }),
            reported()),
        one(
            "only-the-stream-is-kept",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 500)).await(w.gate("collected"));
              r.part(CHAT_STREAM.substring(500));
            },
            world -> {
              List<Object> kept = new ArrayList<>();
              WeakReference<Response> gone = streamOf(world, kept);
              collect(gone);
              world.seen.say("response is gone", gone.get() == null);
              world.gate("collected").open();
              InputStream in = (InputStream) kept.get(0);
              world.seen.body("body", in.readAllBytes());
              in.close();
            },
            reported()));
  }

  /** As a library does that hands out no more than an InputStream. */
  private static WeakReference<Response> streamOf(World world, List<Object> kept)
      throws IOException {
    OkHttpClient client = client(world).build();
    Response response =
        client.newCall(request(world, CHAT_PATH, Fixture.STREAM_QUESTION).build()).execute();
    kept.add(response.body().byteStream());
    return new WeakReference<>(response);
  }

  private static void collect(WeakReference<?> reference) {
    for (int i = 0; i < 50 && reference.get() != null; i++) {
      System.gc();
    }
    // What follows a collection (the ledger looks twice a second) has to have had its chance.
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1200);
    while (System.nanoTime() < until) {
      java.util.concurrent.locks.LockSupport.parkNanos(until - System.nanoTime());
    }
  }

  private static List<Case> requests() {
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
                    client(world).addInterceptor(OkHttpCases::gzip),
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

  private static List<Case> interceptors() {
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

  private static List<Case> endings() {
    Script stalledBody =
        (w, q, r) -> {
          r.header("content-type", "text/event-stream").chunked();
          r.part(CHAT_STREAM.substring(0, 700)).stall();
        };
    Script stalledHead = (w, q, r) -> r.stall();
    Ledger timedOut = unknown().and("outcome", "failed").and("error_code", "timeout");
    Ledger cut = estimated().and("outcome", "failed").and("error_code", "timeout");
    return List.of(
        one(
            "left-early",
            stalledBody,
            world ->
                with(
                    world,
                    client(world),
                    request(world, CHAT_PATH, Fixture.STREAM_QUESTION),
                    response -> world.seen.body("l", response.body().source().readUtf8Line())),
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        one(
            "never-closed",
            stalledBody,
            world -> {
              Request request = request(world, CHAT_PATH, Fixture.STREAM_QUESTION).build();
              Response response = client(world).build().newCall(request).execute();
              head(world, request, response);
              world.seen.body("line", response.body().source().readUtf8Line());
            },
            estimated().and("outcome", "abandoned")),
        one(
            "read-timeout-of-the-head",
            stalledHead,
            world ->
                with(
                    world,
                    client(world).readTimeout(Duration.ofMillis(200)),
                    request(world, CHAT_PATH, Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            timedOut),
        one(
            "read-timeout-of-the-body",
            stalledBody,
            world ->
                with(
                    world,
                    client(world).readTimeout(Duration.ofMillis(200)),
                    request(world, CHAT_PATH, Fixture.STREAM_QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            cut),
        one(
            "call-timeout-of-the-head",
            stalledHead,
            world ->
                with(
                    world,
                    client(world).callTimeout(Duration.ofMillis(300)),
                    request(world, CHAT_PATH, Fixture.QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            timedOut),
        one(
            "call-timeout-of-the-body",
            stalledBody,
            world ->
                with(
                    world,
                    client(world).callTimeout(Duration.ofMillis(300)),
                    request(world, CHAT_PATH, Fixture.STREAM_QUESTION),
                    response -> world.seen.body("body", response.body().string())),
            cut),
        one(
            "cancelled-before-the-head",
            (w, q, r) -> r.await(w.gate("asked")).stall(),
            world -> {
              Request request = request(world, CHAT_PATH, Fixture.QUESTION).build();
              Call call = client(world).build().newCall(request);
              Thread canceller =
                  new Thread(
                      () -> {
                        reached(world, "asked");
                        call.cancel();
                        world.gate("asked").open();
                      });
              canceller.start();
              try {
                call.execute();
              } finally {
                join(canceller);
                world.seen.say("cancelled", call.isCanceled());
              }
            },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        one(
            "cancelled-within-the-body",
            stalledBody,
            world -> {
              Request request = request(world, CHAT_PATH, Fixture.STREAM_QUESTION).build();
              Call call = client(world).build().newCall(request);
              try (Response response = call.execute()) {
                world.seen.body("line", response.body().source().readUtf8Line());
                call.cancel();
                response.body().source().readUtf8();
              } finally {
                world.seen.say("cancelled", call.isCanceled());
              }
            },
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        one(
            "cancelled-before-it-began",
            stalledHead,
            world -> {
              Request request = request(world, CHAT_PATH, Fixture.QUESTION).build();
              Call call = client(world).build().newCall(request);
              call.cancel();
              call.execute();
            },
            nothing()),
        one(
            "reset-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("read"));
              r.reset();
            },
            world ->
                with(
                    world,
                    client(world),
                    request(world, CHAT_PATH, Fixture.STREAM_QUESTION),
                    response -> {
                      world.seen.body("b", response.body().source().readByteArray(700));
                      world.gate("read").open();
                      world.seen.body("body", response.body().string());
                    }),
            estimated().and("outcome", "failed").and("error_code", ".*Exception")),
        one(
            "nobody-listens",
            stalledHead,
            world -> {
              int port;
              try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
              }
              with(
                  world,
                  client(world),
                  question("http://127.0.0.1:" + port + CHAT_PATH, Fixture.QUESTION),
                  response -> world.seen.body("body", response.body().string()));
            },
            one("cost_basis", "none", "http_status", "null", "outcome", "failed")));
  }

  // What the programs are made of.

  private static Case one(String name, Script server, Program client, Ledger ledger) {
    return new Case(name, server, client, ledger);
  }

  private static Ledger one(String... fieldsAndValues) {
    return Ledger.one(fieldsAndValues);
  }

  private interface Reader {
    void read(Response response) throws IOException;
  }

  private static void with(World world, Reader reader) throws IOException {
    with(world, client(world), request(world, CHAT_PATH, Fixture.QUESTION), reader);
  }

  private static void with(
      World world, OkHttpClient.Builder client, Request.Builder builder, Reader reader)
      throws IOException {
    Request request = builder.build();
    try (Response response = client.build().newCall(request).execute()) {
      head(world, request, response);
      reader.read(response);
    }
  }

  private static OkHttpClient.Builder client(World world) {
    return new OkHttpClient.Builder()
        .connectTimeout(LONG)
        .readTimeout(LONG)
        .writeTimeout(LONG)
        .eventListener(new Events(world));
  }

  private static Request.Builder request(World world, String path, String body) {
    return question(world.url(path), body);
  }

  private static Request.Builder question(String url, String body) {
    return new Request.Builder()
        .url(url)
        .header("X-Second", "2")
        .header("Authorization", "Bearer secret")
        .post(RequestBody.create(body, JSON));
  }

  private static void head(World world, Request request, Response response) {
    world.seen.say("status", response.protocol() + " " + response.code() + response.message());
    headers(world, response.headers());
    world.seen.say("request is ours", response.request() == request);
    world.seen.say("request", response.request());
    world.seen.say("network", response.networkResponse());
    world.seen.say("content", response.body().contentType());
    world.seen.say("length", response.body().contentLength());
    world.seen.say("response", response);
  }

  private static void headers(World world, Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      if (!headers.name(i).startsWith("OkHttp-")) {
        world.seen.say("  header", headers.name(i) + ": " + headers.value(i));
      }
    }
  }

  private static void trailers(World world, Response response) throws IOException {
    try {
      world.seen.say("trailers", response.trailers());
    } catch (IllegalStateException none) {
      world.seen.failure("trailers", none);
    }
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

  private static void join(Thread thread) {
    try {
      thread.join(30_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void reached(World world, String gate) {
    try {
      world.gate(gate).awaitReached();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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
