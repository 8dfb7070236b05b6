package io.costattr.advice.springai;

import io.costattr.core.exchange.Layer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At the methods of {@code OpenAiApi} and its like that wait: each makes one request on this
 * thread.
 */
public final class CallAdvice {
  private CallAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter() {
    return Layer.enter(SpringAi.CLIENT);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Layer.leave(entered);
  }
}
