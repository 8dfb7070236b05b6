package io.costattr.advice.vertx;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code HttpClientRequestBase.fail}: no response comes any more, or it breaks off. */
public final class FailAdvice {
  private FailAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object request, @Advice.Argument(0) @Nullable Throwable failure) {
    Exchange exchange = Exchange.carriedBy(request);
    if (exchange != null && failure != null) {
      exchange.failed(failure);
    }
  }
}
