package io.costattr.advice.jdksocket;

import io.costattr.advice.jdksocket.Turnstile.Kind;
import io.costattr.core.exchange.SocketSession;
import io.costattr.core.exchange.WeakIdentityMap;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The application's listener, and a session that is shown what it is about to be given. What the
 * agent says in the provider's place is told to the listener in between.
 */
final class ObservedListener implements WebSocket.Listener {
  private static final WeakIdentityMap<ObservedListener> CARRIED = new WeakIdentityMap<>();

  private final WebSocket.Listener listener;
  private final SocketSession session;
  private final Turnstile turnstile = new Turnstile();

  ObservedListener(WebSocket.Listener listener, SocketSession session) {
    this.listener = listener;
    this.session = session;
  }

  /** The socket is there, and nobody else knows it yet. */
  void created(WebSocket socket) {
    session.opened();
    session.carryWith(socket);
    CARRIED.put(socket, this);
  }

  /** The one of that socket, or null. */
  static @Nullable ObservedListener of(WebSocket socket) {
    return CARRIED.get(socket);
  }

  /** As {@link Turnstile#requested}. */
  long requested(long more) {
    return turnstile.requested(more);
  }

  /** Tells the listener what the agent says in the provider's place. */
  void say(WebSocket socket, String text) {
    turnstile.say(() -> heard(socket, text));
  }

  /** The application wants to be told nothing more. */
  void silence() {
    turnstile.silence();
  }

  /** With what follows in the JDK when the listener throws. */
  private @Nullable CompletionStage<?> heard(WebSocket socket, String text) {
    try {
      return listener.onText(socket, text, true);
    } catch (Throwable thrown) {
      socket.abort();
      listener.onError(socket, thrown);
      return null;
    }
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
    turnstile.call(
        Kind.EVENT,
        () -> {
          listener.onOpen(socket);
          return null;
        });
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
    session.received(text, last);
    return turnstile.call(
        last ? Kind.MESSAGE : Kind.PIECE, () -> listener.onText(socket, text, last));
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    return turnstile.call(
        last ? Kind.MESSAGE : Kind.PIECE, () -> listener.onBinary(socket, data, last));
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    return turnstile.call(Kind.MESSAGE, () -> listener.onPing(socket, message));
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    return turnstile.call(Kind.MESSAGE, () -> listener.onPong(socket, message));
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    session.closed(code);
    turnstile.silence();
    return turnstile.call(Kind.MESSAGE, () -> listener.onClose(socket, code, reason));
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    session.failed(error, 0);
    turnstile.silence();
    listener.onError(socket, error);
  }
}
