package io.costattr.advice.jdksocket;

import io.costattr.core.exchange.SocketSession;
import java.net.http.WebSocket;
import net.bytebuddy.asm.Advice;

/** At {@code WebSocketImpl.sendClose}: the application wants to end the socket. */
public final class SendCloseAdvice {
  private SendCloseAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This WebSocket socket) {
    SocketSession session = SocketSession.carriedBy(socket);
    if (session != null) {
      session.closing();
    }
  }
}
