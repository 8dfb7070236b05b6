package io.costattr.advice.ktor;

import io.costattr.core.exchange.Call;
import net.bytebuddy.asm.Advice;

/**
 * At {@code HttpRequestBuilder.takeFromWithExecutionContext}, by which Ktor makes the request that
 * it sends of the one that was prepared. What an application copies by itself is another call.
 */
public final class CopyAdvice {
  private CopyAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object copy, @Advice.Argument(0) Object original) {
    Call call = Call.carriedBy(original);
    if (call != null) {
      call.carryWith(copy);
    }
  }
}
