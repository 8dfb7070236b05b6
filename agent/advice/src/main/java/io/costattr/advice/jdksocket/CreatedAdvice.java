package io.costattr.advice.jdksocket;

import java.net.http.WebSocket;
import net.bytebuddy.asm.Advice;

/**
 * Behind the constructor of {@code WebSocketImpl}, before the application or any other thread sees
 * the socket: from then on it may be asked to send.
 */
public final class CreatedAdvice {
  private CreatedAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This WebSocket socket, @Advice.Argument(3) WebSocket.Listener listener) {
    if (listener instanceof ObservedListener observed) {
      observed.created(socket);
    }
  }
}
