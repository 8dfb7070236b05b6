package io.costattr.advice.ktor;

import io.costattr.core.exchange.Call;
import io.ktor.client.request.HttpRequestBuilder;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code prepareRequest} of the plugin that retries: the request of each attempt is made of the
 * same one, the first of them on the thread of the caller's.
 */
public final class RetryAdvice {
  private RetryAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.Argument(0) HttpRequestBuilder request, @Advice.Return @Nullable Object attempt) {
    Call call = Call.carriedBy(request);
    if (call == null) {
      call = KtorCall.here(request.getMethod(), request.getUrl().build());
      if (call != null) {
        call.carryWith(request);
      }
    }
    if (call != null && attempt != null) {
      call.carryWith(attempt);
    }
  }
}
