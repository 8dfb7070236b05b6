import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** Calls with the API that every OkHttp from 3.12 to 5 has; a customer for each kind of call. */
public class Program {
  private static final MediaType JSON = MediaType.parse("application/json");
  private static final OkHttpClient CLIENT = new OkHttpClient();

  public static void main(String[] arguments) throws Exception {
    String base = arguments[0];
    try (Scope scope = customer("sync")) {
      read(CLIENT.newCall(chat(base, false)).execute());
    }
    CompletableFuture<Response> later = new CompletableFuture<Response>();
    try (Scope scope = customer("async")) {
      CLIENT.newCall(chat(base, false)).enqueue(completing(later));
    }
    read(later.get());
    try (Scope scope = customer("stream")) {
      Response response = CLIENT.newCall(chat(base, true)).execute();
      for (String line = ""; line != null; line = response.body().source().readUtf8Line()) {
        if (line.equals("data: [DONE]")) {
          break;
        }
      }
      response.close();
    }
    CompletableFuture<Response> stream = new CompletableFuture<Response>();
    try (Scope scope = customer("async-stream")) {
      CLIENT.newCall(chat(base, true)).enqueue(completing(stream));
    }
    read(stream.get());
    try (Scope scope = customer("tls")) {
      read(CLIENT.newCall(chat(arguments[1], false)).execute());
    }
    try (Scope scope = customer("gzip")) {
      Request plain = chat(base, false);
      read(
          CLIENT.newCall(plain.newBuilder().header("x-loopback-coding", "gzip").build()).execute());
    }
    http2(arguments[3]);
    converse(base);
    CLIENT.dispatcher().executorService().shutdown();
    CLIENT.connectionPool().evictAll();
    System.out.println("done");
  }

  /** Negotiated where the library finds it, with TLS alone. */
  private static void http2(String base) throws Exception {
    try (Scope scope = customer("http2")) {
      read(CLIENT.newCall(chat(base, false)).execute());
    }
    CompletableFuture<Response> later = new CompletableFuture<Response>();
    try (Scope scope = customer("http2-async")) {
      CLIENT.newCall(chat(base, false)).enqueue(completing(later));
    }
    read(later.get());
    CompletableFuture<Response> stream = new CompletableFuture<Response>();
    try (Scope scope = customer("http2-stream")) {
      CLIENT.newCall(chat(base, true)).enqueue(completing(stream));
    }
    read(stream.get());
  }

  /** One response that is asked for, and one that the provider begins by itself. */
  private static void converse(String base) throws Exception {
    final CountDownLatch greeted = new CountDownLatch(1);
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch unasked = new CountDownLatch(2);
    final CountDownLatch closed = new CountDownLatch(1);
    Request request =
        new Request.Builder()
            .url(base + "/realtime?model=gpt-realtime")
            .header("Authorization", "Bearer sk-test")
            .build();
    WebSocketListener listener =
        new WebSocketListener() {
          @Override
          public void onMessage(WebSocket socket, String text) {
            if (text.contains("session.created")) {
              greeted.countDown();
            } else if (text.contains("response.done")) {
              asked.countDown();
              unasked.countDown();
            }
          }

          @Override
          public void onClosed(WebSocket socket, int code, String reason) {
            closed.countDown();
          }
        };
    WebSocket socket;
    try (Scope scope = customer("socket-opened")) {
      socket = CLIENT.newWebSocket(request, listener);
    }
    await(greeted);
    try (Scope scope = customer("socket")) {
      socket.send("{\"type\":\"response.create\"}");
      await(asked);
      socket.send("{\"type\":\"input_audio_buffer.commit\"}");
      await(unasked);
    }
    socket.close(1000, null);
    await(closed);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing came");
    }
  }

  private static Request chat(String base, boolean stream) {
    String body =
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]"
            + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
    return new Request.Builder()
        .url(base + "/chat/completions")
        .header("Authorization", "Bearer sk-test")
        .post(RequestBody.create(JSON, body))
        .build();
  }

  private static Callback completing(final CompletableFuture<Response> later) {
    return new Callback() {
      @Override
      public void onFailure(Call call, IOException failure) {
        later.completeExceptionally(failure);
      }

      @Override
      public void onResponse(Call call, Response response) {
        later.complete(response);
      }
    };
  }

  private static void read(Response response) throws IOException {
    String text = response.body().string();
    if (!text.contains("gpt-4o-mini")) {
      throw new AssertionError(text);
    }
  }

  private static Scope customer(String id) {
    return AttributionContext.with(
        Attribution.builder().feature("versions").customerId(id).build());
  }
}
