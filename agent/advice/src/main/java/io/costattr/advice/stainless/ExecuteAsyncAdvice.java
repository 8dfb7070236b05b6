package io.costattr.advice.stainless;

import io.costattr.advice.stainless.ExecuteAdvice.Entered;
import io.costattr.core.exchange.Call;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code RetryingHttpClient.executeAsync}: takes the call over from {@link PrepareAsyncAdvice},
 * by the request; where that was not seen this thread is the caller's (0.14 and earlier).
 */
public final class ExecuteAsyncAdvice {
  private ExecuteAsyncAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object request) {
    Call call = LogicalCall.carriedBy(request);
    if (call == null) {
      call = LogicalCall.capture(request);
    }
    LogicalCall.carry(call, request);
    return new Entered(call.enter());
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Entered.leave(entered);
  }
}
