package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT;
import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Ledger.refused;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.UrlConnectionCases.asked;
import static io.costattr.it.differential.UrlConnectionCases.body;
import static io.costattr.it.differential.UrlConnectionCases.head;
import static io.costattr.it.differential.UrlConnectionCases.one;
import static io.costattr.it.differential.UrlConnectionCases.open;
import static io.costattr.it.differential.UrlConnectionCases.read;
import static io.costattr.it.differential.UrlConnectionCases.send;
import static io.costattr.it.differential.UrlConnectionCases.with;

import io.costattr.it.differential.Case.Script;
import io.costattr.loopback.Coding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.CacheRequest;
import java.net.CacheResponse;
import java.net.HttpURLConnection;
import java.net.ResponseCache;
import java.net.URI;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Ways to read a body of HttpURLConnection. */
final class UrlConnectionReading {
  private UrlConnectionReading() {}

  static List<Case> cases() {
    Script answer = (w, q, r) -> r.header("content-type", "application/json").body(CHAT);
    Script marked =
        (w, q, r) -> r.header("content-type", "application/json").untilClose().part(CHAT);
    Script stream =
        (w, q, r) -> {
          r.header("content-type", "text/event-stream").chunked();
          r.part(CHAT_STREAM.substring(0, 500)).await(w.gate("collected"));
          r.part(CHAT_STREAM.substring(500));
        };
    return List.of(
        one(
            "bytes-one-by-one",
            (w, q, r) ->
                r.header("content-type", "application/json").coding(Coding.GZIP).body(CHAT),
            w -> with(w, UrlConnectionReading::oneByOne),
            reported()),
        one(
            "gunzipped-by-the-application",
            (w, q, r) ->
                r.header("content-type", "application/json").coding(Coding.GZIP).body(CHAT),
            w -> with(w, (world, in) -> body(world, new GZIPInputStream(in))),
            reported()),
        one(
            "read-again-after-a-mark",
            marked,
            w ->
                with(
                    w,
                    (world, in) -> {
                      world.seen.body("begin", in.readNBytes(100));
                      in.mark(1000);
                      world.seen.body("marked", in.readNBytes(200));
                      in.reset();
                      world.seen.body("again", in.readNBytes(50));
                      in.reset();
                      body(world, in);
                    }),
            reported()),
        one(
            "reset-without-a-mark",
            answer,
            w ->
                with(
                    w,
                    (world, in) -> {
                      in.mark(10);
                      world.seen.body("begin", in.readNBytes(10));
                      try {
                        in.reset();
                      } catch (IOException e) {
                        world.seen.failure("reset", e);
                      }
                      body(world, in);
                    }),
            reported()),
        one(
            "skipped",
            answer,
            w ->
                with(
                    w,
                    (world, in) -> {
                      world.seen.say("skipped", in.skip(100));
                      world.seen.say("none", in.skip(-1));
                      body(world, in);
                    }),
            reported()),
        one(
            "transferred",
            answer,
            w ->
                with(
                    w,
                    (world, in) -> {
                      ByteArrayOutputStream out = new ByteArrayOutputStream();
                      world.seen.say("transferred", in.transferTo(out));
                      world.seen.body("body", out.toByteArray());
                    }),
            reported()),
        one(
            "target-that-throws",
            answer,
            w ->
                with(
                    w,
                    (world, in) -> {
                      in.transferTo(new Throwing());
                    }),
            reported()),
        one(
            "content-as-the-jdk-sees-it",
            answer,
            w -> {
              HttpURLConnection connection = asked(w, Fixture.QUESTION);
              Object content = connection.getContent();
              w.seen.say("content", content.getClass());
              body(w, (InputStream) content);
            },
            reported()),
        one("never-read", answer, w -> with(w, (world, in) -> {}), unknown()),
        one(
            "only-asked-for-its-status",
            answer,
            w -> w.seen.say("status", asked(w, Fixture.QUESTION).getResponseCode()),
            unknown().and("outcome", "abandoned")),
        one(
            "read-after-close",
            answer,
            w ->
                with(
                    w,
                    (world, in) -> {
                      in.close();
                      world.seen.say("after close", in.read());
                    }),
            unknown().and("outcome", "abandoned")),
        one(
            "input-without-asking-for-the-status",
            answer,
            w -> body(w, asked(w, Fixture.QUESTION).getInputStream()),
            reported()),
        one(
            "error-that-nobody-reads",
            (w, q, r) -> r.status(429).header("content-type", "application/json").body("{}"),
            w -> {
              HttpURLConnection connection = asked(w, Fixture.QUESTION);
              try {
                connection.getInputStream();
              } catch (IOException e) {
                w.seen.failure("input", e);
              }
              connection.disconnect();
            },
            refused(429, "429")),
        one(
            "error-asked-for-twice",
            (w, q, r) ->
                r.status(429).header("content-type", "application/json").body(Fixture.ERROR_429),
            w -> {
              HttpURLConnection connection = asked(w, Fixture.QUESTION);
              for (int i = 0; i < 2; i++) {
                try {
                  connection.getInputStream();
                } catch (IOException e) {
                  w.seen.failure("input", e);
                }
              }
              body(w, connection.getErrorStream());
            },
            refused(429, "insufficient_quota")),
        one(
            "on-another-thread",
            answer,
            w ->
                with(
                    w,
                    (world, in) -> {
                      Thread reader =
                          new Thread(
                              () -> {
                                try {
                                  body(world, in);
                                } catch (IOException e) {
                                  world.seen.failure("body", e);
                                }
                              });
                      reader.start();
                      OkHttpCases.join(reader);
                    }),
            reported()),
        one(
            "sent-on-another-thread",
            answer,
            w -> {
              HttpURLConnection connection = open(w.url(Shape.CHAT_PATH));
              send(connection, Fixture.QUESTION);
              Thread reader =
                  new Thread(
                      () -> {
                        try {
                          read(w, connection, UrlConnectionCases::body);
                        } catch (IOException e) {
                          w.seen.failure("body", e);
                        }
                      });
              reader.start();
              OkHttpCases.join(reader);
            },
            reported()),
        one(
            "only-the-stream-is-kept",
            stream,
            w -> {
              List<InputStream> kept = new ArrayList<>();
              streamOf(w, kept);
              OkHttpReading.collect(new WeakReference<>(new Object()));
              w.gate("collected").open();
              body(w, kept.get(0));
            },
            reported()),
        one(
            "kept-in-a-cache",
            answer,
            w ->
                caching(new Keeping(w), () -> body(w, asked(w, Fixture.QUESTION).getInputStream())),
            reported()),
        one(
            "answered-by-a-cache",
            answer,
            w ->
                caching(
                    new Answering(),
                    () -> {
                      HttpURLConnection connection = open(w.url(Shape.CHAT_PATH));
                      connection.setDoOutput(false);
                      body(w, connection.getInputStream());
                    }),
            Ledger.nothing()));
  }

  private static void oneByOne(World world, InputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      read.write(b);
    }
    world.seen.body("body", read.toByteArray());
  }

  /** As a library does that hands out no more than an InputStream. */
  private static void streamOf(World world, List<InputStream> kept) throws IOException {
    HttpURLConnection connection = asked(world, Fixture.STREAM_QUESTION);
    head(world, connection);
    kept.add(connection.getInputStream());
  }

  private interface Reading {
    void read() throws IOException;
  }

  private static void caching(ResponseCache cache, Reading reading) throws IOException {
    ResponseCache.setDefault(cache);
    try {
      reading.read();
    } finally {
      ResponseCache.setDefault(null);
    }
  }

  /** Keeps what is read, and has nothing. */
  private static final class Keeping extends ResponseCache {
    private final World world;

    Keeping(World world) {
      this.world = world;
    }

    @Override
    public CacheResponse get(URI uri, String method, Map<String, List<String>> headers) {
      return null;
    }

    @Override
    public CacheRequest put(URI uri, URLConnection connection) {
      world.seen.say("put", connection.getClass() + " " + connection.getContentType());
      return new CacheRequest() {
        @Override
        public OutputStream getBody() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              world.seen.body("kept", toByteArray());
            }
          };
        }

        @Override
        public void abort() {
          world.seen.say("kept", "nothing");
        }
      };
    }
  }

  /** Has everything. */
  private static final class Answering extends ResponseCache {
    @Override
    public CacheResponse get(URI uri, String method, Map<String, List<String>> headers) {
      return new CacheResponse() {
        @Override
        public Map<String, List<String>> getHeaders() {
          return Map.of("content-type", List.of("application/json"));
        }

        @Override
        public InputStream getBody() {
          return new ByteArrayInputStream(CHAT.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
      };
    }

    @Override
    public CacheRequest put(URI uri, URLConnection connection) {
      return null;
    }
  }

  private static final class Throwing extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("the application's own");
    }
  }
}
