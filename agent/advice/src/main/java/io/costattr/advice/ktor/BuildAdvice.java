package io.costattr.advice.ktor;

import io.costattr.core.exchange.Call;
import io.ktor.client.request.HttpRequestData;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpRequestBuilder.build}, the last place of a call that runs where the application's
 * coroutine does: what follows is dispatched to the engine's own threads.
 */
public final class BuildAdvice {
  private BuildAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object builder, @Advice.Return @Nullable HttpRequestData request) {
    if (request == null) {
      return;
    }
    Call call = Call.carriedBy(builder);
    if (call == null) {
      call = KtorCall.here(request.getMethod(), request.getUrl());
    }
    if (call != null) {
      call.carryWith(request);
    }
  }
}
