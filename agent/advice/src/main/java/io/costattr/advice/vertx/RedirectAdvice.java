package io.costattr.advice.vertx;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
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
    return new Entered(
        call != null, call == null ? null : call.enter(), OutgoingBaggage.enter(request));
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered, @Advice.Thrown @Nullable Throwable thrown) {
    if (entered instanceof Entered inside) {
      if (inside.isCall()) {
        Call.leave(inside.previous());
      }
      OutgoingBaggage.leave(inside.baggage());
    }
  }

  private record Entered(boolean isCall, @Nullable Call previous, @Nullable Addition baggage) {}
}
