package io.costattr.it.budget;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocketListener;

/**
 * A conversation on a web socket with each client: one response that is asked for, three that a
 * budget does not allow, and one that nobody asks for. Prints what the listener is told, line by
 * line, behind the client's name.
 */
public final class BudgetedSockets {
  private static final String ASK = "{\"type\":\"response.create\",\"event_id\":\"mine\"}";

  private BudgetedSockets() {}

  private interface Line {
    void send(String text) throws Exception;

    void close() throws Exception;
  }

  /** The base of the interface, such as {@code http://127.0.0.1:8080/v1}. */
  public static void main(String[] arguments) throws Exception {
    String realtime = arguments[0] + "/realtime?model=gpt-realtime";
    String responses = arguments[0] + "/responses";
    okHttp("okhttp", realtime);
    okHttp("okhttp-responses", responses);
    jdk("jdk", realtime);
    jdk("jdk-responses", responses);
    System.out.println("done");
    System.exit(0);
  }

  private static void converse(String name, Line line, BlockingQueue<String> told)
      throws Exception {
    Attribution payer = Attribution.builder().feature("sockets").customerId(name).build();
    try (Scope scope = AttributionContext.with(payer)) {
      line.send(ASK);
      until(name, told, "response.done", "response.completed", "\"error\":{");
      for (int i = 0; i < 3; i++) {
        line.send(ASK);
      }
      for (int i = 0; i < 3; i++) {
        until(name, told, "\"error\":{");
      }
    }
    if (!name.endsWith("responses")) {
      line.send("{\"type\":\"input_audio_buffer.commit\"}");
      until(name, told, "response.done");
    }
    line.close();
    until(name, told, "closed");
  }

  private static void until(String name, BlockingQueue<String> told, String... ends)
      throws InterruptedException {
    while (true) {
      String text = told.poll(30, TimeUnit.SECONDS);
      System.out.println(name + " " + text);
      for (String end : ends) {
        if (text == null || text.contains(end)) {
          return;
        }
      }
    }
  }

  private static void okHttp(String name, String url) throws Exception {
    OkHttpClient client = new OkHttpClient();
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    AtomicInteger at = new AtomicInteger();
    okhttp3.WebSocket socket =
        client.newWebSocket(
            new Request.Builder().url(url).header("Authorization", "Bearer sk-test").build(),
            new WebSocketListener() {
              @Override
              public void onMessage(okhttp3.WebSocket spoken, String text) {
                if (at.incrementAndGet() > 1) {
                  told.add("two messages at a time");
                }
                told.add(text);
                at.decrementAndGet();
              }

              @Override
              public void onClosed(okhttp3.WebSocket closed, int code, String reason) {
                told.add("closed " + code);
              }

              @Override
              public void onFailure(
                  okhttp3.WebSocket failed, Throwable failure, Response response) {
                told.add("closed by " + failure);
              }
            });
    converse(
        name,
        new Line() {
          @Override
          public void send(String text) {
            if (!socket.send(text)) {
              told.add("not sent");
            }
          }

          @Override
          public void close() {
            socket.close(1000, "bye");
          }
        },
        told);
    client.dispatcher().executorService().shutdown();
  }

  private static void jdk(String name, String url) throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    AtomicInteger wanted = new AtomicInteger();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          private final StringBuilder text = new StringBuilder();

          @Override
          public void onOpen(WebSocket socket) {
            wanted.incrementAndGet();
            socket.request(1);
          }

          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence piece, boolean last) {
            if (wanted.decrementAndGet() < 0) {
              told.add("a message that nobody has asked for");
            }
            text.append(piece);
            if (last) {
              told.add(text.toString());
              text.setLength(0);
            }
            wanted.incrementAndGet();
            socket.request(1);
            return null;
          }

          @Override
          public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            told.add("closed " + code);
            return null;
          }

          @Override
          public void onError(WebSocket socket, Throwable error) {
            told.add("closed by " + error);
          }
        };
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer sk-test")
            .buildAsync(URI.create(url.replace("http:", "ws:")), listener)
            .get(30, TimeUnit.SECONDS);
    converse(
        name,
        new Line() {
          @Override
          public void send(String text) throws Exception {
            if (socket.sendText(text, true).get(30, TimeUnit.SECONDS) != socket) {
              told.add("another socket");
            }
          }

          @Override
          public void close() throws Exception {
            socket.sendClose(1000, "bye").get(30, TimeUnit.SECONDS);
          }
        },
        told);
  }
}
