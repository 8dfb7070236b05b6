package io.costattr.advice.jdksocket;

import io.costattr.core.exchange.SocketSession;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

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

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This WebSocket socket, @Advice.Return @Nullable CompletableFuture<?> returned) {
    SocketSession session = SocketSession.carriedBy(socket);
    if (session != null
        && !socket.isOutputClosed()
        && (returned == null || returned.isCompletedExceptionally())) {
      session.notClosing();
    }
  }
}
