package io.costattr.advice.apache5;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.Call;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * At {@code InternalHttpClient.doExecute}: one logical call, whose retries and redirects are passes
 * of {@link ConnectAdvice} on this thread.
 */
public final class ExecuteAdvice {
  private ExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable HttpHost target,
      @Advice.Argument(1) @Nullable ClassicHttpRequest request) {
    Rejection rejection = request == null ? null : Apache5.rejection(target, request, null);
    if (rejection != null) {
      return rejection.thrown();
    }
    if (request == null || Call.current() != null || !Apache5.wants(target, request)) {
      return null;
    }
    Call call = Call.capture(Apache5.CLIENT);
    call.enter();
    return call;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered != null) {
      Call.leave(null);
    }
  }
}
