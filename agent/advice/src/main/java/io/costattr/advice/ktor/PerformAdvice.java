package io.costattr.advice.ktor;

import io.costattr.core.exchange.Layer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpTransport.perform} of openai-kotlin, which begins a request on this thread. A
 * coroutine that goes on comes here again, without the first argument, and runs what is the
 * application's. Its jars do not tell a version.
 */
public final class PerformAdvice {
  private static final String CLIENT = "openai-kotlin";

  private PerformAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Object what) {
    return what == null ? null : Layer.enterOnce(CLIENT);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Layer.leave(entered);
  }
}
