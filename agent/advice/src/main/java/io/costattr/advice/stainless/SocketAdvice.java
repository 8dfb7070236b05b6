package io.costattr.advice.stainless;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code BoundedWebSocket.connect}, which opens every web socket of the library by OkHttp, on
 * this thread. What it is given is OkHttp's but for the options, by which the SDK is known.
 */
public final class SocketAdvice {
  private SocketAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(2) Object options) {
    return ExecuteAdvice.enter(options);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    ExecuteAdvice.exit(entered);
  }
}
