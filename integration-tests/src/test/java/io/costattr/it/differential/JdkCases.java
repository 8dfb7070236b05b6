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

import io.costattr.it.differential.Case.Script;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** java.net.http as applications use it. */
final class JdkCases {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

  private static final Script ANSWER =
      (w, q, r) -> r.header("content-type", "application/json").body(CHAT);

  private static final Script STALLED_BODY =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).stall();
      };

  private JdkCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Shape shape : Shape.all()) {
      all.add(shaped("string", shape, w -> send(w, shape, BodyHandlers.ofString())));
      all.add(shaped("async-bytes", shape, w -> sendAsync(w, shape, BodyHandlers.ofByteArray())));
      all.add(streamed("stream", shape, w -> send(w, shape, BodyHandlers.ofInputStream())));
      all.add(streamed("async-lines", shape, w -> sendAsync(w, shape, BodyHandlers.ofLines())));
      all.add(streamed("publisher", shape, w -> send(w, shape, BodyHandlers.ofPublisher())));
    }
    all.addAll(handlers());
    all.addAll(requests());
    all.addAll(endings());
    return all;
  }

  private static Case shaped(String name, Shape shape, Case.Program program) {
    return new Case(name + "/" + shape.name(), shape.script(), program, shape.ledger());
  }

  /**
   * A stream is handed out with the head. Where the connection breaks soon after, it is chance
   * whether that still fails the exchange or already the stream, and how much was read before.
   */
  private static Case streamed(String name, Shape shape, Case.Program program) {
    return shape.breaks()
        ? shaped(
            name,
            shape,
            world -> {
              world.seen.chance();
              program.run(world);
            })
        : shaped(name, shape, program);
  }

  // Reading to the end.

  private static <T> void send(World world, Shape shape, BodyHandler<T> handler) throws Exception {
    HttpRequest request = request(world, shape.path(), shape.question()).build();
    HttpResponse<T> response = CLIENT.send(request, handler);
    head(world, request, response);
    read(world, response.body());
  }

  private static <T> void sendAsync(World world, Shape shape, BodyHandler<T> handler)
      throws Exception {
    HttpRequest request = request(world, shape.path(), shape.question()).build();
    CompletableFuture<Void> future =
        CLIENT
            .sendAsync(request, handler)
            .whenCompleteAsync(
                (response, failure) -> {
                  world.seen.thread("completion");
                  if (failure != null) {
                    world.seen.failure("exchange", failure);
                  }
                })
            .thenAccept(
                response -> {
                  head(world, request, response);
                  read(world, response.body());
                });
    future.get(30, TimeUnit.SECONDS);
  }

  @SuppressWarnings("unchecked")
  private static void read(World world, Object body) {
    if (body instanceof String text) {
      world.seen.body("body", text);
    } else if (body instanceof byte[] bytes) {
      world.seen.body("body", bytes);
    } else if (body instanceof InputStream in) {
      try (in) {
        world.seen.body("body", in.readAllBytes());
        world.seen.say("behind the end", in.read());
      } catch (IOException e) {
        world.seen.failure("body", e);
      }
    } else if (body instanceof Stream<?> lines) {
      try (lines) {
        lines.forEach(line -> world.seen.body("line", line.toString()));
      }
    } else if (body instanceof Flow.Publisher<?> publisher) {
      Slow subscriber = new Slow(world);
      ((Flow.Publisher<List<ByteBuffer>>) publisher).subscribe(subscriber);
      subscriber.await();
    } else {
      world.seen.say("body", body);
    }
  }

  private static void head(World world, HttpRequest request, HttpResponse<?> response) {
    world.seen.say("status", response.version() + " " + response.statusCode());
    response.headers().map().forEach((name, values) -> world.seen.say("  header", name + values));
    world.seen.say("uri", response.uri());
    world.seen.say("request is ours", response.request() == request);
    world.seen.say("request", response.request());
    world.seen.say(
        "publisher is ours", response.request().bodyPublisher().equals(request.bodyPublisher()));
    world.seen.say("request type", response.request().getClass());
    world.seen.say("request headers", response.request().headers().map());
    world.seen.say("previous", response.previousResponse().isPresent());
    world.seen.say("response", response);
    world.seen.say("body type", type(response.body()));
  }

  private static String type(Object body) {
    return body == null ? "null" : body.getClass().getName();
  }

  // Handlers and subscribers of the application's own.

  private static List<Case> handlers() {
    return List.of(
        of("discarding", ANSWER, w -> exchange(w, BodyHandlers.discarding()), reported()),
        of("replacing", ANSWER, w -> exchange(w, BodyHandlers.replacing("mine")), reported()),
        of(
            "mapping",
            ANSWER,
            w ->
                exchange(
                    w,
                    info -> {
                      w.seen.eitherThread("apply");
                      w.seen.say("info", info.statusCode() + " " + info.version());
                      return BodySubscribers.mapping(
                          BodySubscribers.ofString(UTF_8),
                          text -> {
                            w.seen.eitherThread("mapping");
                            return text.length();
                          });
                    }),
            reported()),
        of(
            "mapping-that-throws",
            ANSWER,
            w ->
                exchange(
                    w,
                    info ->
                        BodySubscribers.mapping(
                            BodySubscribers.ofString(UTF_8),
                            text -> {
                              throw new IllegalStateException("mapping");
                            })),
            reported()),
        of(
            "lines-to-a-subscriber",
            ANSWER,
            w -> exchange(w, BodyHandlers.fromLineSubscriber(new Lines(w))),
            reported()),
        of(
            "buffering",
            ANSWER,
            w -> exchange(w, BodyHandlers.buffering(BodyHandlers.ofByteArray(), 64)),
            reported()),
        of(
            "consumer",
            ANSWER,
            w ->
                exchange(
                    w,
                    BodyHandlers.ofByteArrayConsumer(
                        bytes -> w.seen.say("some", bytes.isPresent() ? "bytes" : "end"))),
            reported()),
        of(
            "file",
            ANSWER,
            w -> {
              java.nio.file.Path file = java.nio.file.Files.createTempFile("costattr", ".json");
              exchange(
                  w,
                  info ->
                      BodySubscribers.mapping(BodySubscribers.ofFile(file), p -> p.equals(file)));
              w.seen.body("file", java.nio.file.Files.readAllBytes(file));
              java.nio.file.Files.delete(file);
            },
            reported()),
        of(
            "handler-that-throws",
            ANSWER,
            w ->
                exchange(
                    w,
                    info -> {
                      throw new IllegalStateException("apply");
                    }),
            unknown().and("outcome", "failed").and("error_code", ".*IllegalStateException")),
        of(
            "one-at-a-time",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              for (String line : CHAT_STREAM.split("(?<=\n)")) {
                r.part(line);
              }
            },
            w -> exchange(w, info -> new Own(w, Own.NEVER)),
            reported()),
        of(
            "subscriber-that-throws",
            ANSWER,
            w -> exchange(w, info -> new Own(w, 0)),
            one("cost_basis", "reported|unknown|estimated")),
        of(
            "subscriber-that-throws-later",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("thrown"));
            },
            w -> {
              try {
                exchange(w, info -> new Own(w, 0));
              } finally {
                w.gate("thrown").open();
              }
            },
            estimated().and("outcome", "failed").and("error_code", ".*IllegalStateException")),
        of(
            "subscriber-that-cancels",
            STALLED_BODY,
            w -> exchange(w, info -> new Cancelling(w)),
            estimated().and("outcome", "abandoned")));
  }

  private static <T> void exchange(World world, BodyHandler<T> handler) throws Exception {
    exchange(world, CLIENT, request(world, CHAT_PATH, Fixture.QUESTION), handler);
  }

  private static <T> void exchange(
      World world, HttpClient client, HttpRequest.Builder builder, BodyHandler<T> handler)
      throws Exception {
    HttpRequest request = builder.build();
    HttpResponse<T> response = client.send(request, handler);
    head(world, request, response);
    read(world, response.body());
  }

  // Requests.

  private static List<Case> requests() {
    List<Case> all = new ArrayList<>();
    byte[] question = Fixture.QUESTION.getBytes(UTF_8);
    all.add(posting("of-string", BodyPublishers.ofString(Fixture.QUESTION)));
    all.add(posting("of-bytes", BodyPublishers.ofByteArray(question)));
    all.add(
        posting(
            "of-stream", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(question))));
    all.add(
        posting(
            "of-byte-arrays",
            BodyPublishers.ofByteArrays(
                List.of(
                    java.util.Arrays.copyOf(question, 20),
                    java.util.Arrays.copyOfRange(question, 20, question.length)))));
    all.add(
        posting(
            "from-publisher", BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(question))));
    all.add(
        posting(
            "from-publisher-of-known-length",
            BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(question), question.length)));
    all.add(posting("direct-buffers", new Direct(question)));
    all.add(
        of(
            "no-body",
            ANSWER,
            w ->
                exchange(
                    w,
                    CLIENT,
                    request(w, CHAT_PATH, "").POST(BodyPublishers.noBody()),
                    BodyHandlers.ofString()),
            reported().and("request_model", "null")));
    all.add(
        of(
            "publisher-that-fails",
            ANSWER,
            w ->
                exchange(
                    w,
                    CLIENT,
                    request(w, CHAT_PATH, "")
                        .POST(
                            BodyPublishers.ofInputStream(
                                () -> {
                                  throw new IllegalStateException("no stream");
                                })),
                    BodyHandlers.ofString()),
            one("cost_basis", "none", "http_status", "null", "outcome", "failed")));
    all.add(
        of(
            "expect-continue",
            ANSWER,
            w ->
                exchange(
                    w,
                    CLIENT,
                    request(w, CHAT_PATH, Fixture.QUESTION).expectContinue(true),
                    BodyHandlers.ofString()),
            reported().and("request_model", "gpt-4o-mini")));
    all.add(
        of(
            "version-1.1",
            ANSWER,
            w ->
                exchange(
                    w,
                    CLIENT,
                    request(w, CHAT_PATH, Fixture.QUESTION).version(HttpClient.Version.HTTP_1_1),
                    BodyHandlers.ofString()),
            reported()));
    all.add(
        of(
            "gzip-ed-request",
            ANSWER,
            w ->
                exchange(
                    w,
                    CLIENT,
                    request(w, CHAT_PATH, "")
                        .header("Content-Encoding", "gzip")
                        .POST(
                            BodyPublishers.ofByteArray(
                                io.costattr.loopback.Coding.GZIP.encode(question))),
                    BodyHandlers.ofString()),
            reported().and("request_model", "gpt-4o-mini")));
    HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    all.add(
        of(
            "redirect-307",
            (w, q, r) -> {
              if (q.path().equals("/old/chat/completions")) {
                r.status(307).header("location", CHAT_PATH).body("moved");
              } else {
                ANSWER.answer(w, q, r);
              }
            },
            w ->
                exchange(
                    w,
                    following,
                    request(w, "/old/chat/completions", Fixture.QUESTION),
                    BodyHandlers.ofString()),
            reported().and("request_model", "gpt-4o-mini")));
    all.add(
        of(
            "redirect-not-followed",
            (w, q, r) -> r.status(307).header("location", CHAT_PATH).body("moved"),
            w -> exchange(w, BodyHandlers.ofString()),
            nothing()));
    all.add(
        of(
            "the-response's-request-sent-again",
            ANSWER,
            w -> {
              HttpRequest request = request(w, CHAT_PATH, Fixture.QUESTION).build();
              HttpResponse<String> first = CLIENT.send(request, BodyHandlers.ofString());
              HttpResponse<String> second = CLIENT.send(first.request(), BodyHandlers.ofString());
              head(w, first.request(), second);
            },
            new Ledger(List.of(reported().entries().get(0), reported().entries().get(0)), false)));
    all.add(
        of(
            "executor",
            ANSWER,
            w -> {
              AtomicInteger tasks = new AtomicInteger();
              Executor pool = Executors.newCachedThreadPool(JdkCases::daemon);
              HttpClient client =
                  HttpClient.newBuilder()
                      .executor(
                          task -> {
                            tasks.incrementAndGet();
                            pool.execute(task);
                          })
                      .build();
              HttpRequest request = request(w, CHAT_PATH, Fixture.QUESTION).build();
              client
                  .sendAsync(request, BodyHandlers.ofString())
                  .thenAccept(response -> w.seen.thread("then"))
                  .get(30, TimeUnit.SECONDS);
              w.kept.put("tasks", tasks);
            },
            reported()));
    all.add(
        of(
            "unknown-host",
            ANSWER,
            w ->
                exchange(
                    w,
                    CLIENT,
                    question(w.unknownHostUrl(CHAT_PATH), Fixture.QUESTION),
                    BodyHandlers.ofString()),
            reported().and("provider", "openai-compatible")));
    all.add(
        of(
            "get-of-a-stored-response",
            ANSWER,
            w ->
                exchange(
                    w,
                    CLIENT,
                    HttpRequest.newBuilder(URI.create(w.url("/v1/responses/resp_1"))),
                    BodyHandlers.ofString()),
            nothing()));
    return all;
  }

  private static Case posting(String name, BodyPublisher publisher) {
    return of(
        name,
        ANSWER,
        w ->
            exchange(w, CLIENT, request(w, CHAT_PATH, "").POST(publisher), BodyHandlers.ofString()),
        reported().and("request_model", "gpt-4o-mini"));
  }

  // Ends before the end.

  private static List<Case> endings() {
    Script stalledHead = (w, q, r) -> r.await(w.gate("asked")).stall();
    return List.of(
        of(
            "stream-left-early",
            STALLED_BODY,
            w -> {
              HttpResponse<InputStream> response = sent(w, BodyHandlers.ofInputStream());
              try (InputStream in = response.body()) {
                w.seen.body("some", in.readNBytes(100));
              }
              w.seen.say("closed", closedRead(response.body()));
            },
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        of(
            "stream-never-closed",
            STALLED_BODY,
            w -> w.seen.body("some", sent(w, BodyHandlers.ofInputStream()).body().readNBytes(700)),
            estimated().and("outcome", "abandoned|failed")),
        of(
            "stream-never-read",
            ANSWER,
            w -> w.seen.say("status", sent(w, BodyHandlers.ofInputStream()).statusCode()),
            one("cost_basis", "reported|unknown")),
        of(
            "publisher-never-subscribed",
            ANSWER,
            w -> w.seen.say("status", sent(w, BodyHandlers.ofPublisher()).statusCode()),
            unknown().and("outcome", "abandoned")),
        of(
            "lines-left-early",
            STALLED_BODY,
            w -> {
              try (Stream<String> lines = sent(w, BodyHandlers.ofLines()).body()) {
                w.seen.say("first", lines.findFirst());
              }
            },
            estimated().and("outcome", "abandoned")),
        of(
            "request-timeout",
            (w, q, r) -> r.stall(),
            w ->
                exchange(
                    w,
                    CLIENT,
                    request(w, CHAT_PATH, Fixture.QUESTION).timeout(Duration.ofMillis(300)),
                    BodyHandlers.ofString()),
            unknown().and("outcome", "failed").and("error_code", "timeout")),
        of(
            "cancelled-before-the-head",
            stalledHead,
            w -> {
              HttpRequest request = request(w, CHAT_PATH, Fixture.QUESTION).build();
              CompletableFuture<HttpResponse<String>> future =
                  CLIENT.sendAsync(request, BodyHandlers.ofString());
              w.gate("asked").awaitReached();
              w.seen.say("cancelled", future.cancel(true));
              w.gate("asked").open();
              cancelled(w, future);
            },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        of(
            "cancelled-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("cancelled")).stall();
            },
            w -> {
              CountDownLatch begun = new CountDownLatch(1);
              HttpRequest request = request(w, CHAT_PATH, Fixture.QUESTION).build();
              CompletableFuture<HttpResponse<Void>> future =
                  CLIENT.sendAsync(
                      request, BodyHandlers.ofByteArrayConsumer(bytes -> begun.countDown()));
              w.seen.say("begun", begun.await(30, TimeUnit.SECONDS));
              w.seen.say("cancelled", future.cancel(true));
              w.gate("cancelled").open();
              cancelled(w, future);
            },
            estimated().and("outcome", "abandoned").and("error_code", "cancelled")),
        of(
            "interrupted",
            stalledHead,
            w -> {
              Thread sender = Thread.currentThread();
              daemon(
                      () -> {
                        try {
                          w.gate("asked").awaitReached();
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                        sender.interrupt();
                      })
                  .start();
              try {
                sent(w, BodyHandlers.ofString());
              } finally {
                w.seen.say("interrupted still", Thread.interrupted());
                w.gate("asked").open();
              }
            },
            unknown().and("error_code", "cancelled|.*Exception")),
        of(
            "reset-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("read"));
              r.reset();
            },
            w -> {
              try (InputStream in = sent(w, BodyHandlers.ofInputStream()).body()) {
                w.seen.body("some", in.readNBytes(700));
                w.gate("read").open();
                w.seen.say("next", in.read());
              }
            },
            estimated().and("outcome", "failed").and("error_code", ".*Exception")),
        of(
            "nobody-listens",
            ANSWER,
            w -> {
              int port;
              try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
              }
              exchange(
                  w,
                  CLIENT,
                  question("http://127.0.0.1:" + port + CHAT_PATH, Fixture.QUESTION),
                  BodyHandlers.ofString());
            },
            one("cost_basis", "none", "http_status", "null", "outcome", "failed")));
  }

  private static <T> HttpResponse<T> sent(World world, BodyHandler<T> handler) throws Exception {
    HttpRequest request = request(world, CHAT_PATH, Fixture.QUESTION).build();
    HttpResponse<T> response = CLIENT.send(request, handler);
    world.kept.put("response", response);
    return response;
  }

  /** The exchange that is cancelled and its future race for the result. */
  private static void cancelled(World world, CompletableFuture<?> future) throws Exception {
    try {
      world.seen.say("result", future.get(30, TimeUnit.SECONDS));
    } catch (CancellationException e) {
      world.seen.say("result", "cancelled");
    } catch (ExecutionException e) {
      boolean cancelled = e.getCause() instanceof CancellationException;
      world.seen.say("result", cancelled ? "cancelled" : e);
    }
  }

  private static String closedRead(InputStream in) {
    try {
      return Integer.toString(in.read());
    } catch (IOException e) {
      return e.toString();
    }
  }

  // What the programs are made of.

  private static Case of(String name, Script server, Case.Program client, Ledger ledger) {
    return new Case(name, server, client, ledger);
  }

  private static HttpRequest.Builder request(World world, String path, String body) {
    return question(world.url(path), body);
  }

  private static HttpRequest.Builder question(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("X-Second", "2")
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer secret")
        .POST(BodyPublishers.ofString(body));
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "pool");
    thread.setDaemon(true);
    return thread;
  }

  /** A publisher of read-only direct buffers, each of some bytes. */
  private record Direct(byte[] bytes) implements BodyPublisher {
    @Override
    public long contentLength() {
      return bytes.length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            private int position;
            private boolean done;

            @Override
            public synchronized void request(long n) {
              for (long i = 0; i < n && position < bytes.length; i++) {
                int length = Math.min(7, bytes.length - position);
                ByteBuffer buffer = ByteBuffer.allocateDirect(length);
                buffer.put(bytes, position, length).flip();
                position += length;
                subscriber.onNext(buffer.asReadOnlyBuffer());
              }
              if (position == bytes.length && !done) {
                done = true;
                subscriber.onComplete();
              }
            }

            @Override
            public void cancel() {
              position = bytes.length;
              done = true;
            }
          });
    }
  }

  /** Takes a publisher's lists one at a time. */
  private static final class Slow implements Flow.Subscriber<List<ByteBuffer>> {
    private final World world;
    private final CountDownLatch done = new CountDownLatch(1);
    private final java.io.ByteArrayOutputStream read = new java.io.ByteArrayOutputStream();
    private Flow.Subscription subscription;

    Slow(World world) {
      this.world = world;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        read.writeBytes(bytes);
      }
      subscription.request(1);
    }

    @Override
    public void onError(Throwable thrown) {
      world.seen.body("body", read.toByteArray());
      world.seen.failure("publisher", thrown);
      done.countDown();
    }

    @Override
    public void onComplete() {
      world.seen.body("body", read.toByteArray());
      world.seen.eitherThread("onComplete");
      done.countDown();
    }

    void await() {
      try {
        world.seen.say("ended", done.await(30, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A subscriber of the application's own, which asks for one list at a time and may throw. */
  private static class Own implements BodySubscriber<String> {
    static final int NEVER = Integer.MAX_VALUE;

    private final World world;
    private final int throwAt;
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final java.io.ByteArrayOutputStream read = new java.io.ByteArrayOutputStream();
    private Flow.Subscription subscription;
    private int count;

    Own(World world, int throwAt) {
      this.world = world;
      this.throwAt = throwAt;
    }

    @Override
    public CompletionStage<String> getBody() {
      world.kept.put("getBody", Thread.currentThread().getName());
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      world.seen.eitherThread("onSubscribe");
      this.subscription = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      if (count++ == throwAt) {
        throw new IllegalStateException("onNext");
      }
      for (ByteBuffer buffer : buffers) {
        world.kept.put("position", buffer.position());
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        read.writeBytes(bytes);
      }
      subscription.request(1);
    }

    @Override
    public void onError(Throwable thrown) {
      world.seen.eitherThread("onError");
      world.seen.failure("subscriber", thrown);
      body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
      world.seen.eitherThread("onComplete");
      body.complete(read.toString(UTF_8));
    }
  }

  /** Cancels with the first bytes, and is content with them. */
  private static final class Cancelling extends Own {
    private Flow.Subscription own;
    private final CompletableFuture<String> first = new CompletableFuture<>();

    Cancelling(World world) {
      super(world, NEVER);
    }

    @Override
    public CompletionStage<String> getBody() {
      return first;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      own = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      own.cancel();
      first.complete("enough");
    }
  }

  private static final class Lines implements Flow.Subscriber<String> {
    private final World world;

    Lines(World world) {
      this.world = world;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      world.seen.body("line", line);
    }

    @Override
    public void onError(Throwable thrown) {
      world.seen.failure("lines", thrown);
    }

    @Override
    public void onComplete() {
      world.seen.say("lines", "complete");
    }
  }
}
