package io.costattr.advice.stainless;

import io.costattr.advice.stainless.ExecuteAdvice.Entered;
import io.costattr.core.exchange.Call;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code executeAsync} of what stands between the retries and the transport: a retry starts on a
 * timer's thread, where only the request's body still tells whose it is.
 */
public final class AttemptAsyncAdvice {
  private AttemptAsyncAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object request) {
    Call current = Call.current();
    if (current != null) {
      // The retries may have wrapped the body, once for all attempts.
      LogicalCall.carry(current, request);
      return null;
    }
    Call call = LogicalCall.carriedBy(request);
    return call == null ? null : new Entered(call.enter());
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Entered.leave(entered);
  }
}
