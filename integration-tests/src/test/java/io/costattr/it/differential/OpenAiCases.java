package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.Timeout;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.costattr.it.differential.Case.Program;
import io.costattr.it.differential.Case.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** openai-java as applications use it. */
final class OpenAiCases {
  private static final Script STALLED_BODY =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).stall();
      };

  private OpenAiCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      if (shape.question().equals(Fixture.QUESTION) && shape.path().equals(CHAT_PATH)) {
        // A reader of JSON stops where it finds fault, and closes the body there.
        Ledger ledger = shape.ledger().without("outcome");
        all.add(new Case("create/" + shape.name(), shape.script(), w -> create(w), ledger));
        all.add(new Case("async/" + shape.name(), shape.script(), w -> async(w), ledger));
        all.add(new Case("raw/" + shape.name(), shape.script(), w -> raw(w), ledger));
      } else if (shape.question().equals(Fixture.STREAM_QUESTION)) {
        Ledger ledger = shape.ledger().without("outcome");
        all.add(new Case("stream/" + shape.name(), shape.script(), w -> stream(w), ledger));
        all.add(new Case("async/" + shape.name(), shape.script(), w -> asyncStream(w), ledger));
      }
    }
    all.addAll(retries());
    all.addAll(endings());
    return all;
  }

  // Calls to the end.

  private static void create(World world) {
    answer(world, client(world, 0).chat().completions().create(question()));
  }

  private static void async(World world) throws Exception {
    asyncClient(world, 0)
        .chat()
        .completions()
        .create(question())
        .thenAccept(answer -> answer(world, answer))
        .get(30, TimeUnit.SECONDS);
  }

  private static void raw(World world) throws Exception {
    try (HttpResponseFor<ChatCompletion> response =
        client(world, 0).chat().completions().withRawResponse().create(question())) {
      world.seen.say("status", response.statusCode());
      world.seen.say("headers", response.headers().asMap());
      world.seen.say("request id", response.requestId());
      world.seen.body("body", response.body().readAllBytes());
    }
  }

  private static void answer(World world, ChatCompletion answer) {
    world.seen.say("model", answer.model());
    world.seen.body("answer", answer.toString());
  }

  private static void stream(World world) {
    try (StreamResponse<ChatCompletionChunk> response =
        client(world, 0).chat().completions().createStreaming(question())) {
      response.stream().forEach(chunk -> world.seen.body("chunk", chunk.toString()));
      world.seen.say("stream", "ended");
    }
  }

  private static void asyncStream(World world) throws Exception {
    AsyncStreamResponse<ChatCompletionChunk> response =
        asyncClient(world, 0).chat().completions().createStreaming(question());
    response.subscribe(new Chunks(world));
    response.onCompleteFuture().get(30, TimeUnit.SECONDS);
  }

  private record Chunks(World world) implements AsyncStreamResponse.Handler<ChatCompletionChunk> {
    @Override
    public void onNext(ChatCompletionChunk chunk) {
      world.seen.thread("chunk");
      world.seen.body("chunk", chunk.toString());
    }

    @Override
    public void onComplete(Optional<Throwable> error) {
      world.seen.thread("onComplete");
      error.ifPresent(e -> world.seen.failure("stream", e));
    }
  }

  // Retries: attempts of one call.

  private static List<Case> retries() {
    Script afterTwo =
        (w, q, r) -> {
          int attempt = w.server().requests().size();
          if (attempt == 1) {
            r.status(429).header("Retry-After-Ms", "1").header("content-type", "application/json");
            r.body(Fixture.ERROR_429);
          } else if (attempt == 2) {
            r.status(503).header("Retry-After-Ms", "1").body("busy");
          } else {
            r.header("content-type", "application/json").body(CHAT);
          }
        };
    Ledger three =
        refused(429, "insufficient_quota|429").then(refused(503, "503")).then(reported());
    Script reset =
        (w, q, r) -> {
          if (w.server().requests().size() == 1) {
            r.reset();
          } else {
            r.header("content-type", "application/json").body(CHAT);
          }
        };
    Script always =
        (w, q, r) -> r.status(500).header("Retry-After-Ms", "1").body("<html>Sorry</html>");
    Ledger broken = unknown().and("outcome", "failed").and("http_status", "null").then(reported());
    Ledger refusals = refused(500, "500").then(refused(500, "500")).then(refused(500, "500"));
    return List.of(
        of("retries", afterTwo, w -> retrying(w), three),
        of("async-retries", afterTwo, w -> asyncRetrying(w), three),
        of("retries-in-vain", always, w -> retrying(w), refusals),
        of("async-retries-in-vain", always, w -> asyncRetrying(w), refusals),
        of("retry-after-a-reset", reset, w -> retrying(w), broken),
        of("async-retry-after-a-reset", reset, w -> asyncRetrying(w), broken),
        of(
            "two-calls-at-once",
            (w, q, r) -> r.header("content-type", "application/json").body(CHAT),
            w -> {
              OpenAIClientAsync client = asyncClient(w, 0);
              CompletableFuture<?> first = client.chat().completions().create(question());
              first.get(30, TimeUnit.SECONDS);
              client.chat().completions().create(question()).get(30, TimeUnit.SECONDS);
            },
            new Ledger(List.of(reported().entries().get(0), reported().entries().get(0)), false)),
        of(
            "embeddings",
            (w, q, r) -> r.header("content-type", "application/json").body(Fixture.EMBEDDINGS),
            w ->
                w.seen.say(
                    "usage",
                    client(w, 0)
                        .embeddings()
                        .create(
                            EmbeddingCreateParams.builder()
                                .model("text-embedding-3-small")
                                .input("sky")
                                .build())
                        .usage()),
            reported(8, 0).and("completion_tokens", "null")));
  }

  private static void retrying(World world) {
    answer(world, client(world, 2).chat().completions().create(question()));
  }

  private static void asyncRetrying(World world) throws Exception {
    answer(
        world,
        asyncClient(world, 2).chat().completions().create(question()).get(30, TimeUnit.SECONDS));
  }

  // Ends before the end.

  private static List<Case> endings() {
    Ledger timedOut = unknown().and("outcome", "failed").and("error_code", "timeout");
    return List.of(
        of(
            "stream-left-early",
            STALLED_BODY,
            w -> {
              try (StreamResponse<ChatCompletionChunk> response =
                  client(w, 0).chat().completions().createStreaming(question())) {
                Iterator<ChatCompletionChunk> chunks = response.stream().iterator();
                w.seen.body("chunk", chunks.next().toString());
              }
            },
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        of(
            "stream-never-closed",
            STALLED_BODY,
            OpenAiCases::leave,
            estimated().and("outcome", "abandoned")),
        of(
            "async-stream-closed",
            STALLED_BODY,
            w -> {
              AsyncStreamResponse<ChatCompletionChunk> response =
                  asyncClient(w, 0).chat().completions().createStreaming(question());
              response.subscribe(
                  chunk -> {
                    w.seen.body("chunk", chunk.toString());
                    response.close();
                  });
              response.onCompleteFuture().get(30, TimeUnit.SECONDS);
            },
            estimated().and("outcome", "abandoned")),
        of(
            "raw-never-parsed",
            (w, q, r) -> r.header("content-type", "application/json").body(CHAT),
            w -> {
              try (HttpResponseFor<ChatCompletion> response =
                  client(w, 0).chat().completions().withRawResponse().create(question())) {
                w.seen.say("status", response.statusCode());
              }
            },
            unknown().and("outcome", "abandoned")),
        of(
            "raw-parsed-twice",
            (w, q, r) -> r.header("content-type", "application/json").body(CHAT),
            w -> {
              try (HttpResponseFor<ChatCompletion> response =
                  client(w, 0).chat().completions().withRawResponse().create(question())) {
                answer(w, response.parse());
                answer(w, response.parse());
              }
            },
            reported()),
        of("call-timeout", (w, q, r) -> r.stall(), w -> late(w, 30_000, 400), timedOut),
        of("read-timeout", (w, q, r) -> r.stall(), w -> late(w, 300, 30_000), timedOut),
        of(
            "async-cancelled",
            (w, q, r) -> r.await(w.gate("asked")).stall(),
            w -> {
              CompletableFuture<ChatCompletion> future =
                  asyncClient(w, 0).chat().completions().create(question());
              w.gate("asked").awaitReached();
              w.seen.say("cancelled", future.cancel(true));
              w.seen.say("is cancelled", future.isCancelled());
              w.gate("asked").open();
            },
            unknown()));
  }

  private static void late(World world, long readMillis, long callMillis) {
    OpenAIOkHttpClient.builder()
        .baseUrl(world.url("/v1"))
        .apiKey("secret")
        .maxRetries(0)
        .timeout(
            Timeout.builder()
                .read(Duration.ofMillis(readMillis))
                .request(Duration.ofMillis(callMillis))
                .build())
        .build()
        .chat()
        .completions()
        .create(question());
  }

  @SuppressWarnings("MustBeClosed")
  private static void leave(World world) {
    StreamResponse<ChatCompletionChunk> response =
        client(world, 0).chat().completions().createStreaming(question());
    world.kept.put("response", response);
    world.seen.body("chunk", response.stream().iterator().next().toString());
  }

  // What the programs are made of.

  private static Case of(String name, Script server, Program client, Ledger ledger) {
    return new Case(name, server, client, ledger);
  }

  private static OpenAIClient client(World world, int retries) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(world.url("/v1"))
        .apiKey("secret")
        .maxRetries(retries)
        .build();
  }

  private static OpenAIClientAsync asyncClient(World world, int retries) {
    return OpenAIOkHttpClientAsync.builder()
        .baseUrl(world.url("/v1"))
        .apiKey("secret")
        .maxRetries(retries)
        .build();
  }

  private static ChatCompletionCreateParams question() {
    return ChatCompletionCreateParams.builder()
        .model("gpt-4o-mini")
        .addUserMessage("Which colour has the sky?")
        .build();
  }
}
