package io.costattr.advice.okhttpsocket;

import io.costattr.core.exchange.SocketSession;
import net.bytebuddy.asm.Advice;
import okhttp3.WebSocket;

/** At {@code RealWebSocket.onReadClose}: the server has said its last. */
public final class ClosedAdvice {
  private ClosedAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This WebSocket socket, @Advice.Argument(0) int code) {
    SocketSession session = SocketSession.carriedBy(socket);
    if (session != null) {
      session.closed(code);
    }
  }
}
