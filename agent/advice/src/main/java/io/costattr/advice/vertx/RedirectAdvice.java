package io.costattr.advice.vertx;

import io.costattr.core.exchange.Call;
import io.vertx.core.http.HttpClientResponse;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClientRequestImpl.handleResponse}, which asks the client for the next request when
 * it follows a redirect: in the name of the same call.
 */
public final class RedirectAdvice {
  private RedirectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object request, @Advice.Argument(1) @Nullable HttpClientResponse response) {
    if (response == null || response.statusCode() < 300 || response.statusCode() >= 400) {
      return null;
    }
    Call call = Call.carriedBy(request);
    return call == null ? null : new Entered(call.enter());
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered, @Advice.Thrown @Nullable Throwable thrown) {
    if (entered instanceof Entered inside) {
      Call.leave(inside.previous());
    }
  }

  private record Entered(@Nullable Call previous) {}
}
