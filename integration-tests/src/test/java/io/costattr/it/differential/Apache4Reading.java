package io.costattr.it.differential;

import static io.costattr.it.differential.Apache4Cases.body;
import static io.costattr.it.differential.Apache4Cases.client;
import static io.costattr.it.differential.Apache4Cases.one;
import static io.costattr.it.differential.Apache4Cases.question;
import static io.costattr.it.differential.Apache4Cases.with;
import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import io.costattr.loopback.Coding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.conn.EofSensorInputStream;
import org.apache.http.entity.BufferedHttpEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;

/** Ways to read a body of Apache HttpClient 4. */
final class Apache4Reading {
  private Apache4Reading() {}

  static List<Case> cases() {
    Script answer = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);
    Script stream =
        (w, q, r) -> {
          r.header("content-type", "text/event-stream").chunked();
          r.part(CHAT_STREAM.substring(0, 500)).await(w.gate("collected"));
          r.part(CHAT_STREAM.substring(500));
        };
    return List.of(
        one(
            "read-twice",
            answer,
            w ->
                with(
                    w,
                    response -> {
                      body(w, response);
                      body(w, response);
                    }),
            reported()),
        one(
            "read-after-close",
            answer,
            w ->
                with(
                    w,
                    response -> {
                      InputStream in = response.getEntity().getContent();
                      in.close();
                      w.seen.say("after close", in.read());
                    }),
            unknown().and("outcome", "abandoned")),
        one("never-read", answer, w -> with(w, response -> {}), unknown()),
        one(
            "consumed",
            answer,
            w -> with(w, response -> EntityUtils.consume(response.getEntity())),
            unknown().and("outcome", "abandoned")),
        one(
            "bytes-one-by-one",
            (w, q, r) ->
                r.header("content-type", "application/json").coding(Coding.GZIP).body(CHAT),
            w -> with(w, response -> oneByOne(w, response)),
            reported()),
        one(
            "bytes-one-by-one-as-they-are-coded",
            (w, q, r) ->
                r.header("content-type", "application/json").coding(Coding.GZIP).body(CHAT),
            w ->
                with(
                    w,
                    client().disableContentCompression().build(),
                    question(w.url(CHAT_PATH), Fixture.QUESTION),
                    response -> oneByOne(w, response)),
            reported()),
        one(
            "skipped-in-part",
            answer,
            w ->
                with(
                    w,
                    response -> {
                      InputStream in = response.getEntity().getContent();
                      w.seen.say("available", in.available() > 0);
                      w.seen.say("mark", in.markSupported());
                      w.seen.say("skipped", in.skip(40));
                      w.seen.body("rest", in.readAllBytes());
                      w.seen.say("behind the end", in.read());
                    }),
            reported()),
        one(
            "aborted-by-its-stream",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).stall();
            },
            w ->
                with(
                    w,
                    response -> {
                      InputStream in = response.getEntity().getContent();
                      w.seen.say("stream", in.getClass());
                      w.seen.body("some", Apache4Cases.bytes(in, 700));
                      ((EofSensorInputStream) in).abortConnection();
                      w.seen.say("after", in.read());
                    }),
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        one(
            "buffered",
            answer,
            w ->
                with(
                    w,
                    response -> {
                      HttpEntity buffered = new BufferedHttpEntity(response.getEntity());
                      response.setEntity(buffered);
                      w.seen.say("length", buffered.getContentLength());
                      body(w, response);
                      body(w, response);
                    }),
            reported()),
        one(
            "written-to-what-throws",
            answer,
            w -> with(w, response -> response.getEntity().writeTo(new Throwing())),
            reported().and("outcome", "completed|failed").without("error_code")),
        one(
            "handler-that-throws",
            answer,
            w -> {
              HttpPost request = question(w.url(CHAT_PATH), Fixture.QUESTION);
              client()
                  .build()
                  .execute(
                      request,
                      response -> {
                        w.seen.say("first", response.getEntity().getContent().read());
                        throw new IllegalStateException("the handler's");
                      });
            },
            unknown().and("outcome", "abandoned")),
        one(
            "handler-that-does-not-read",
            answer,
            w -> {
              HttpPost request = question(w.url(CHAT_PATH), Fixture.QUESTION);
              w.seen.say(
                  "code",
                  client()
                      .build()
                      .execute(request, response -> response.getStatusLine().getStatusCode()));
            },
            unknown().and("outcome", "abandoned")),
        one(
            "on-another-thread",
            answer,
            w ->
                with(
                    w,
                    response -> {
                      Thread reader =
                          new Thread(
                              () -> {
                                try {
                                  body(w, response);
                                } catch (Exception e) {
                                  w.seen.failure("body", e);
                                }
                              });
                      reader.start();
                      OkHttpCases.join(reader);
                    }),
            reported()),
        one(
            "only-the-stream-is-kept",
            stream,
            w -> {
              List<Object> kept = new ArrayList<>();
              WeakReference<Object> gone = streamOf(w, kept);
              OkHttpReading.collect(gone);
              w.seen.say("response is gone", gone.get() == null);
              w.gate("collected").open();
              try (InputStream in = (InputStream) kept.get(1)) {
                w.seen.body("body", in.readAllBytes());
              }
            },
            reported()));
  }

  private static void oneByOne(World world, HttpResponse response) throws IOException {
    InputStream in = response.getEntity().getContent();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      read.write(b);
    }
    world.seen.body("body", read.toByteArray());
  }

  /** As a library does that hands out no more than an InputStream. */
  private static WeakReference<Object> streamOf(World world, List<Object> kept) throws IOException {
    CloseableHttpClient client = client().build();
    HttpPost request = question(world.url(CHAT_PATH), Fixture.STREAM_QUESTION);
    CloseableHttpResponse response = Apache4Cases.execute(client, request, null);
    kept.add(client);
    kept.add(response.getEntity().getContent());
    return new WeakReference<>(response);
  }

  private static final class Throwing extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("the application's own");
    }
  }
}
