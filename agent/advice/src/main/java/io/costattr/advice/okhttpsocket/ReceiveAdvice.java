package io.costattr.advice.okhttpsocket;

import io.costattr.core.exchange.SocketSession;
import io.costattr.core.exchange.SocketVoice;
import net.bytebuddy.asm.Advice;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;

/** At {@code RealWebSocket.onReadMessage} of a text, which gives it to the listener. */
public final class ReceiveAdvice {
  private ReceiveAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This WebSocket socket, @Advice.Argument(0) @Nullable String text) {
    SocketSession session = SocketSession.carriedBy(socket);
    if (session == null || text == null) {
      return null;
    }
    SocketVoice voice = session.voice();
    if (!voice.isSpeakingHere()) {
      session.received(text, true);
    }
    voice.telling();
    return voice;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered instanceof SocketVoice voice) {
      voice.told();
    }
  }
}
