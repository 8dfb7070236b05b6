package io.costattr.advice.stainless;

import io.costattr.advice.stainless.ExecuteAdvice.Entered;
import io.costattr.core.exchange.Call;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code executeAsync} of the transports: a retry starts on a timer's thread, where only the
 * request's body still tells whose it is.
 */
public final class AttemptAsyncAdvice {
  private AttemptAsyncAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object request) {
    Call call = Call.current() == null ? LogicalCall.carriedBy(request) : null;
    return call == null ? null : new Entered(call.enter());
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Entered.leave(entered);
  }
}
