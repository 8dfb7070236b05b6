package io.costattr.advice.okhttpsocket;

import io.costattr.core.exchange.SocketSession;
import net.bytebuddy.asm.Advice;
import okhttp3.WebSocket;

/** At {@code RealWebSocket.close} and {@code cancel}: the application wants to end the socket. */
public final class CloseAdvice {
  private CloseAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This WebSocket socket) {
    SocketSession session = SocketSession.carriedBy(socket);
    if (session != null) {
      session.closing();
    }
  }
}
