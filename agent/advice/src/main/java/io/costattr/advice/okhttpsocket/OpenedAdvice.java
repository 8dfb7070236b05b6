package io.costattr.advice.okhttpsocket;

import io.costattr.core.exchange.SocketSession;
import net.bytebuddy.asm.Advice;
import okhttp3.WebSocket;

/** At {@code RealWebSocket.initReaderAndWriter}: the server has agreed to the socket. */
public final class OpenedAdvice {
  private OpenedAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This WebSocket socket) {
    SocketSession session = SocketSession.carriedBy(socket);
    if (session != null) {
      session.opened();
    }
  }
}
