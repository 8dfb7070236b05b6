package io.costattr.advice.jdksocket;

import io.costattr.core.exchange.SocketSession;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The application's listener, and a session that is shown what it is about to be given. */
final class ObservedListener implements WebSocket.Listener {
  private final WebSocket.Listener listener;
  private final SocketSession session;

  ObservedListener(WebSocket.Listener listener, SocketSession session) {
    this.listener = listener;
    this.session = session;
  }

  /** The socket is there, and nobody else knows it yet. */
  void created(WebSocket socket) {
    session.opened();
    session.carryWith(socket);
  }

  void neverOpened(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    session.failed(
        cause,
        cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null
            ? refused.getResponse().statusCode()
            : 0);
  }

  @Override
  public void onOpen(WebSocket socket) {
    listener.onOpen(socket);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
    session.received(text, last);
    return listener.onText(socket, text, last);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    return listener.onBinary(socket, data, last);
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    return listener.onPing(socket, message);
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    return listener.onPong(socket, message);
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    session.closed(code);
    return listener.onClose(socket, code, reason);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    session.failed(error, 0);
    listener.onError(socket, error);
  }
}
