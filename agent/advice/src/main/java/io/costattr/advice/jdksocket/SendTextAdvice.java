package io.costattr.advice.jdksocket;

import io.costattr.core.exchange.Sending;
import io.costattr.core.exchange.SocketSession;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code WebSocketImpl.sendText}. Read before it is sent: the answer may be there before this
 * thread runs again.
 */
public final class SendTextAdvice {
  private SendTextAdvice() {}

  /** What the exit is told; or the future of a text that is not sent. */
  @SuppressWarnings("FutureReturnValueIgnored") // It is the application's to look at.
  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = CompletableFuture.class)
  public static @Nullable Object enter(
      @Advice.This WebSocket socket,
      @Advice.Argument(0) @Nullable CharSequence text,
      @Advice.Argument(1) boolean last) {
    SocketSession session = SocketSession.carriedBy(socket);
    Sending sending = session == null || text == null ? null : session.sending(text, last);
    if (sending instanceof Sending.Rejected rejected) {
      return CompletableFuture.failedFuture(rejected.exception());
    }
    ObservedListener listener = ObservedListener.of(socket);
    if (listener == null || !(sending instanceof Sending.Denied denied)) {
      return sending;
    }
    listener.say(socket, denied.answer());
    return CompletableFuture.completedFuture(socket);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object sent,
      @Advice.This WebSocket socket,
      @Advice.Return @Nullable CompletableFuture<?> returned) {
    if (sent != null && (returned == null || returned.isCompletedExceptionally())) {
      SocketSession session = SocketSession.carriedBy(socket);
      if (session != null) {
        session.unsent(sent);
      }
    }
  }
}
