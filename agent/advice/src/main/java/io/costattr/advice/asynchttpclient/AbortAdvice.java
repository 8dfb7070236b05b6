package io.costattr.advice.asynchttpclient;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code NettyResponseFuture.abort}: no response comes any more, or it breaks off. */
public final class AbortAdvice {
  private AbortAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object future, @Advice.Argument(0) @Nullable Throwable failure) {
    Exchange exchange = Exchange.carriedBy(future);
    if (exchange != null && failure != null) {
      exchange.failed(failure);
    }
  }
}
