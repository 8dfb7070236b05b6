package io.costattr.advice.jdksocket;

import java.net.http.WebSocket;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** At {@code WebSocketImpl.request}: the application asks for more messages. */
public final class RequestAdvice {
  private RequestAdvice() {}

  /** How many more are to be asked for instead; false for none; null for as many. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.This WebSocket socket, @Advice.Argument(0) long more) {
    ObservedListener listener = ObservedListener.of(socket);
    if (listener == null) {
      return null;
    }
    long wanted = listener.requested(more);
    if (wanted == more) {
      return null;
    }
    if (wanted == 0) {
      return false;
    }
    return wanted;
  }
}
