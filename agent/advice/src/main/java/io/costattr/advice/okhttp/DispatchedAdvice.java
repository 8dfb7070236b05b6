package io.costattr.advice.okhttp;

import io.costattr.core.carry.Handoffs;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code AsyncCall.run} (of OkHttp 3 {@code execute}), on a thread of the dispatcher's: what was
 * in force where the call was enqueued is so meanwhile.
 */
public final class DispatchedAdvice {
  private DispatchedAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.FieldValue("this$0") @Nullable Object call) {
    return call == null ? null : Handoffs.arrive(call);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object arrived) {
    Handoffs.leave(arrived);
  }
}
