package io.costattr.advice.okhttpsocket;

import io.costattr.core.exchange.SocketSession;
import net.bytebuddy.asm.Advice;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;

/** At {@code RealWebSocket.onReadClose}: the server has said its last. */
public final class ClosedAdvice {
  private ClosedAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This WebSocket socket, @Advice.Argument(0) int code) {
    SocketSession session = SocketSession.carriedBy(socket);
    if (session == null) {
      return null;
    }
    session.closed(code);
    session.voice().telling();
    return session.voice();
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    ReceiveAdvice.exit(entered);
  }
}
