package io.costattr.it.differential;

import static io.costattr.it.differential.JdkCases.ANSWER;
import static io.costattr.it.differential.JdkCases.CLIENT;
import static io.costattr.it.differential.JdkCases.exchange;
import static io.costattr.it.differential.JdkCases.head;
import static io.costattr.it.differential.JdkCases.of;
import static io.costattr.it.differential.JdkCases.question;
import static io.costattr.it.differential.JdkCases.request;
import static io.costattr.it.differential.Ledger.nothing;
import static io.costattr.it.differential.Ledger.one;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Shape.CHAT_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Bodies and heads that an application sends. */
final class JdkRequests {
  private JdkRequests() {}

  static List<Case> cases() {
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
}
