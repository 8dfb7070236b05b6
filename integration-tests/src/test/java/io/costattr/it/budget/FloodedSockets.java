package io.costattr.it.budget;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocketListener;

/**
 * Asks again and again for responses that a budget does not allow, while the server sends numbered
 * messages as fast as it can. Prints for each client how many of both the listener was told, and
 * whether anything was wrong with how.
 */
public final class FloodedSockets {
  private static final String ASK = "{\"type\":\"response.create\"}";

  private FloodedSockets() {}

  /** The URL, how many messages the server sends, and how many responses to ask for. */
  public static void main(String[] arguments) throws Exception {
    int numbered = Integer.parseInt(arguments[1]);
    int asked = Integer.parseInt(arguments[2]);
    okHttp(arguments[0], new Told(numbered, asked), asked);
    jdk(arguments[0].replace("http:", "ws:"), new Told(numbered, asked), asked);
    System.exit(0);
  }

  /** What a listener was told. */
  private static final class Told {
    final CountDownLatch all;
    private final AtomicInteger at = new AtomicInteger();
    private int numbered;
    private int refused;
    private volatile String wrong = "";

    Told(int numbered, int refused) {
      // The first one is allowed.
      all = new CountDownLatch(numbered + refused - 1);
    }

    void text(String text) {
      if (at.incrementAndGet() > 1) {
        wrong = "two at a time";
      }
      if (text.contains("\"error\":{")) {
        refused++;
      } else if (text.contains("\"n\":" + numbered + "}")) {
        numbered++;
      } else {
        wrong = numbered + " is followed by " + text;
      }
      at.decrementAndGet();
      all.countDown();
    }

    void print(String client) throws InterruptedException {
      boolean whole = all.await(60, TimeUnit.SECONDS);
      System.out.println(client + " " + numbered + " " + refused + " " + whole + wrong);
    }
  }

  private static Scope payer(String client) {
    return AttributionContext.with(
        Attribution.builder().feature("sockets").customerId(client).build());
  }

  private static void okHttp(String url, Told told, int asked) throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    okhttp3.WebSocket socket =
        new OkHttpClient()
            .newWebSocket(
                new Request.Builder().url(url).build(),
                new WebSocketListener() {
                  @Override
                  public void onOpen(okhttp3.WebSocket opened, Response response) {
                    open.countDown();
                  }

                  @Override
                  public void onMessage(okhttp3.WebSocket spoken, String text) {
                    told.text(text);
                  }
                });
    open.await();
    try (Scope scope = payer("okhttp")) {
      for (int i = 0; i < asked; i++) {
        socket.send(ASK);
      }
    }
    told.print("okhttp");
    socket.cancel();
  }

  private static void jdk(String url, Told told, int asked) throws Exception {
    AtomicInteger wanted = new AtomicInteger();
    ExecutorService asking = Executors.newSingleThreadExecutor();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          private final StringBuilder text = new StringBuilder();

          @Override
          public void onOpen(WebSocket socket) {
            more(socket);
          }

          /** Later, on another thread, one at a time. */
          private void more(WebSocket socket) {
            asking.execute(
                () -> {
                  wanted.incrementAndGet();
                  socket.request(1);
                });
          }

          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence piece, boolean last) {
            if (wanted.decrementAndGet() < 0) {
              told.wrong = "not asked for";
            }
            text.append(piece);
            if (last) {
              String whole = text.toString();
              text.setLength(0);
              told.text(whole);
            }
            more(socket);
            return null;
          }
        };
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(url), listener)
            .get(30, TimeUnit.SECONDS);
    try (Scope scope = payer("jdk")) {
      for (int i = 0; i < asked; i++) {
        socket.sendText(ASK, true).get(30, TimeUnit.SECONDS);
      }
    }
    told.print("jdk");
    socket.abort();
  }
}
