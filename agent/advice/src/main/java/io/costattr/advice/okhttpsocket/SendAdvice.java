package io.costattr.advice.okhttpsocket;

import io.costattr.core.exchange.Sending;
import io.costattr.core.exchange.SocketSession;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import okhttp3.WebSocket;
import okhttp3.internal.ws.RealWebSocket;
import org.jspecify.annotations.Nullable;

/**
 * At {@code RealWebSocket.send} of a text, which puts it into a queue. Read before that: the answer
 * may be there before this thread runs again.
 */
public final class SendAdvice {
  private SendAdvice() {}

  /**
   * What the exit is told; or true, where a budget's answer comes in the place of the sending, and
   * what is thrown where the policy refuses it.
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
  public static @Nullable Object enter(
      @Advice.This WebSocket socket, @Advice.Argument(0) @Nullable String text) {
    SocketSession session = SocketSession.carriedBy(socket);
    Sending sending = session == null || text == null ? null : session.sending(text, true);
    if (sending instanceof Sending.Rejected rejected) {
      return rejected.exception();
    }
    if (session == null || !(sending instanceof Sending.Denied denied)) {
      return sending;
    }
    session.voice().say(denied.answer(), said -> tell(socket, session, said));
    return true;
  }

  /** As the thread that reads the socket does. */
  private static void tell(WebSocket socket, SocketSession session, String refusal)
      throws IOException {
    if (session.isOver()) {
      return;
    }
    boolean told = false;
    try {
      ((RealWebSocket) socket).onReadMessage(refusal);
      told = true;
    } finally {
      if (!told) {
        // A listener that throws has seen its last message.
        socket.cancel();
      }
    }
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object sent,
      @Advice.This WebSocket socket,
      @Advice.Return boolean accepted) {
    if (sent != null && !accepted) {
      SocketSession session = SocketSession.carriedBy(socket);
      if (session != null) {
        session.unsent(sent);
      }
    }
  }
}
