package io.costattr.advice.stainless;

import io.costattr.core.exchange.Call;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code RetryingHttpClient.execute}: one logical call, whose attempts run on this thread. */
public final class ExecuteAdvice {
  private ExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object request) {
    return new Entered(LogicalCall.capture(request).enter());
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Entered.leave(entered);
  }

  /** What the exit needs: that there was an entry, and the call it replaced. */
  record Entered(@Nullable Call previous) {
    static void leave(@Nullable Object entered) {
      if (entered instanceof Entered entry) {
        Call.leave(entry.previous);
      }
    }
  }
}
