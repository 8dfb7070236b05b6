package io.costattr.advice.apache5;

import io.costattr.core.exchange.Denial;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * At {@code DefaultHttpRequestRetryStrategy.retryRequest}, which takes a 429 for a reason to try
 * again when the answer's {@code Retry-After} is over: that would keep a thread waiting for the end
 * of the month. A strategy of the application's own is asked as ever.
 */
public final class RetryAdvice {
  private RetryAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable HttpResponse response) {
    boolean denied = response != null && response.containsHeader(Denial.MARK);
    return denied ? Boolean.FALSE : null;
  }
}
