package io.costattr.advice.okhttpsocket;

import io.costattr.core.exchange.SocketSession;
import net.bytebuddy.asm.Advice;
import okhttp3.Response;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;

/**
 * At {@code RealWebSocket.failWebSocket}: it broke, was cancelled, or was never opened, with the
 * server's answer where there is one.
 */
public final class FailAdvice {
  private FailAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This WebSocket socket,
      @Advice.Argument(0) Exception cause,
      @Advice.Argument(1) @Nullable Response response) {
    SocketSession session = SocketSession.carriedBy(socket);
    if (session != null) {
      session.failed(cause, response == null ? 0 : response.code());
    }
  }
}
