package io.costattr.advice.okhttpsocket;

import io.costattr.core.exchange.SocketSession;
import net.bytebuddy.asm.Advice;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;

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

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This WebSocket socket, @Advice.Thrown @Nullable Throwable refused) {
    SocketSession session = refused == null ? null : SocketSession.carriedBy(socket);
    if (session != null) {
      session.notClosing();
    }
  }
}
