package io.costattr.advice.apache4;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.Call;
import net.bytebuddy.asm.Advice;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** At {@code InternalHttpClient.doExecute}: one logical call, with all its attempts. */
public final class ExecuteAdvice {
  private ExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable HttpHost target,
      @Advice.Argument(1) @Nullable HttpRequest request) {
    Rejection rejection = request == null ? null : Apache4.rejection(target, request);
    if (rejection != null) {
      return rejection.thrown();
    }
    if (request == null || Call.current() != null || !Apache4.wants(target, request)) {
      return null;
    }
    Call call = Call.capture(Apache4.CLIENT);
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
