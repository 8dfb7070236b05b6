package io.costattr.advice.asynchttpclient;

import io.costattr.core.exchange.Exchange;
import java.util.concurrent.CancellationException;
import net.bytebuddy.asm.Advice;

/** At {@code NettyResponseFuture.cancel}: the application wants no more of it. */
public final class CancelAdvice {
  private CancelAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object future) {
    Exchange exchange = Exchange.carriedBy(future);
    if (exchange == null) {
      return;
    }
    if (exchange.isAnswered()) {
      exchange.abandoned();
    } else {
      exchange.cancelled(new CancellationException(), 0);
    }
  }
}
