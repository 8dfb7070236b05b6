package io.costattr.advice.azure;

import io.costattr.core.exchange.Layer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At the methods of the clients' implementation that wait: one logical call on this thread, retries
 * included.
 */
public final class CallAdvice {
  private CallAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter() {
    return Layer.enter(AzureOpenAi.CLIENT);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Layer.leave(entered);
  }
}
