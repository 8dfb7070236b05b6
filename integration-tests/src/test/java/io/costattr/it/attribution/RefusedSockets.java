package io.costattr.it.attribution;

import com.openai.client.okhttp.OkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.helpers.RealtimeConnection;
import com.openai.helpers.RealtimeWebSocketOptions;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.ResponseCreateEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.WebSocketListener;

/** Asks on web sockets for responses for nobody and for a customer; what comes of it is printed. */
public final class RefusedSockets {
  private static final String KEY = "Bearer sk-test";
  private static final String ASK = "{\"type\":\"response.create\"}";

  private RefusedSockets() {}

  /** The base of the interface, such as {@code http://127.0.0.1:8080/v1}. */
  public static void main(String[] arguments) throws Exception {
    String url = arguments[0] + "/realtime?model=gpt-realtime";
    okHttp(url);
    jdk(url.replace("http:", "ws:"));
    openAi(arguments[0]);
    System.exit(0);
  }

  private static void okHttp(String url) {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    okhttp3.WebSocket socket =
        new okhttp3.OkHttpClient()
            .newWebSocket(
                new Request.Builder().url(url).header("Authorization", KEY).build(),
                new WebSocketListener() {
                  @Override
                  public void onMessage(okhttp3.WebSocket spoken, String text) {
                    told.add(text);
                  }
                });
    Twice.make("okhttp", () -> socket.send(ASK) + " " + done(told));
  }

  private static void jdk(String url) throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", KEY)
            .buildAsync(
                URI.create(url),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(
                      WebSocket spoken, CharSequence text, boolean last) {
                    told.add(text.toString());
                    spoken.request(1);
                    return null;
                  }
                })
            .get(30, TimeUnit.SECONDS);
    Twice.make(
        "jdk",
        () -> (socket.sendText(ASK, true).get(30, TimeUnit.SECONDS) == socket) + " " + done(told));
  }

  private static void openAi(String base) {
    ClientOptions options =
        ClientOptions.builder()
            .httpClient(OkHttpClient.builder().build())
            .baseUrl(base)
            .apiKey("sk-test")
            .build();
    // What its connection throws closes it.
    Twice.make("openai", () -> asked(options));
  }

  private static String asked(ClientOptions options) {
    try (RealtimeConnection connection =
        RealtimeConnection.connect(
            options, RealtimeWebSocketOptions.builder().model("gpt-realtime").build())) {
      connection.send(RealtimeClientEvent.ofResponseCreate(ResponseCreateEvent.builder().build()));
      while (!connection.receive().isResponseDone()) {
        // What comes before it.
      }
      return "true done";
    }
  }

  private static String done(BlockingQueue<String> told) throws InterruptedException {
    String text = "";
    while (text != null && !text.contains("response.done")) {
      text = told.poll(30, TimeUnit.SECONDS);
    }
    return text == null ? "silence" : "done";
  }
}
