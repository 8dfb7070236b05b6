package io.costattr.it.differential;

import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Program;
import io.costattr.it.differential.Case.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/** OkHttp as applications use it. */
final class OkHttpCases {
  static final MediaType JSON = MediaType.get("application/json");
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
    all.addAll(OkHttpReading.cases());
    all.addAll(OkHttpRequests.cases());
    all.addAll(OkHttpInterceptors.cases());
    all.addAll(OkHttpEndings.cases());
    all.addAll(OkHttpSockets.cases());
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

  // What the programs are made of.

  static Case one(String name, Script server, Program client, Ledger ledger) {
    return new Case(name, server, client, ledger);
  }

  static Ledger one(String... fieldsAndValues) {
    return Ledger.one(fieldsAndValues);
  }

  interface Reader {
    void read(Response response) throws IOException;
  }

  static void with(World world, Reader reader) throws IOException {
    with(world, client(world), request(world, CHAT_PATH, Fixture.QUESTION), reader);
  }

  static void with(World world, OkHttpClient.Builder client, Request.Builder builder, Reader reader)
      throws IOException {
    Request request = builder.build();
    try (Response response = client.build().newCall(request).execute()) {
      head(world, request, response);
      reader.read(response);
    }
  }

  static OkHttpClient.Builder client(World world) {
    return new OkHttpClient.Builder()
        .connectTimeout(LONG)
        .readTimeout(LONG)
        .writeTimeout(LONG)
        .eventListener(new Events(world));
  }

  static Request.Builder request(World world, String path, String body) {
    return question(world.url(path), body);
  }

  static Request.Builder question(String url, String body) {
    return new Request.Builder()
        .url(url)
        .header("X-Second", "2")
        .header("Authorization", "Bearer secret")
        .post(RequestBody.create(body, JSON));
  }

  static void head(World world, Request request, Response response) {
    world.seen.say("status", response.protocol() + " " + response.code() + response.message());
    headers(world, response.headers());
    world.seen.say("request is ours", response.request() == request);
    world.seen.say("request", response.request());
    world.seen.say("network", response.networkResponse());
    world.seen.say("content", response.body().contentType());
    world.seen.say("length", response.body().contentLength());
    world.seen.say("response", response);
  }

  static void headers(World world, Headers headers) {
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

  static void join(Thread thread) {
    try {
      thread.join(30_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
