package io.costattr.advice.okhttpsocket;

import io.costattr.core.exchange.SocketSession;
import net.bytebuddy.asm.Advice;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;

/**
 * At {@code RealWebSocket.send} of a text, which puts it into a queue. Read before that: the answer
 * may be there before this thread runs again.
 */
public final class SendAdvice {
  private SendAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This WebSocket socket, @Advice.Argument(0) @Nullable String text) {
    SocketSession session = SocketSession.carriedBy(socket);
    return session == null || text == null ? null : session.sending(text, true);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object sent,
      @Advice.This WebSocket socket,
      @Advice.Return boolean accepted) {
    if (sent != null && !accepted) {
      SocketSession session = SocketSession.carriedBy(socket);
      if (session != null) {
        session.unsent(sent);
      }
    }
  }
}
