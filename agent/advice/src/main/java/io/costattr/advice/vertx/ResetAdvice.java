package io.costattr.advice.vertx;

import io.costattr.core.exchange.Exchange;
import java.util.concurrent.CancellationException;
import net.bytebuddy.asm.Advice;

/** At {@code HttpClientRequestBase.reset} of the API: the application wants no more of it. */
public final class ResetAdvice {
  private ResetAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object request) {
    Exchange exchange = Exchange.carriedBy(request);
    if (exchange != null) {
      exchange.cancelled(new CancellationException(), 0);
    }
  }
}
