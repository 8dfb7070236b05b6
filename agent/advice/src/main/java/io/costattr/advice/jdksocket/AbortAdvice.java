package io.costattr.advice.jdksocket;

import io.costattr.core.exchange.SocketSession;
import java.net.http.WebSocket;
import net.bytebuddy.asm.Advice;

/** At {@code WebSocketImpl.abort}, behind which the listener is told nothing more. */
public final class AbortAdvice {
  private AbortAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This WebSocket socket) {
    SocketSession session = SocketSession.carriedBy(socket);
    if (session != null) {
      session.abandoned();
    }
    ObservedListener listener = ObservedListener.of(socket);
    if (listener != null) {
      listener.silence();
    }
  }
}
