package io.costattr.it.accuracy;

import io.costattr.it.accuracy.Exchange.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** Both sides of a web socket, message by message: the program speaks when it is its turn. */
final class Conversation extends WebSocketListener {
  private final List<Message> messages;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private int next;

  private Conversation(List<Message> messages) {
    this.messages = messages;
  }

  /** Returns when the provider has closed the socket. */
  static void hold(OkHttpClient client, Exchange exchange, String name, String url)
      throws Exception {
    Conversation conversation = new Conversation(exchange.messages());
    Request request = new Request.Builder().url(url).header(name, exchange.name()).build();
    WebSocket socket = client.newWebSocket(request, conversation);
    conversation.speak(socket);
    conversation.over.get(30, TimeUnit.SECONDS);
  }

  /** On the thread that opened the socket, and then on the one that listens. */
  private synchronized void speak(WebSocket socket) {
    while (next < messages.size() && messages.get(next).sent()) {
      socket.send(messages.get(next++).text());
    }
  }

  @Override
  public synchronized void onMessage(WebSocket socket, String text) {
    next++;
    speak(socket);
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    socket.close(code, reason);
    over.complete(null);
  }

  @Override
  public void onFailure(WebSocket socket, Throwable failure, Response response) {
    over.completeExceptionally(failure);
  }
}
