package io.costattr.advice.theokanning;

import io.costattr.core.exchange.Layer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code OpenAiService.execute}, which subscribes and waits on this thread. */
public final class CallAdvice {
  private CallAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter() {
    return Layer.enter(TheoKanning.CLIENT);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Layer.leave(entered);
  }
}
