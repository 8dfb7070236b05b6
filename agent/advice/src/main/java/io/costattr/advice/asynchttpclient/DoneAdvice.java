package io.costattr.advice.asynchttpclient;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;

/**
 * At {@code NettyResponseFuture.done}: after the end of the response, unless the application's
 * handler has said that it wants no more of it.
 */
public final class DoneAdvice {
  private DoneAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object future) {
    Exchange exchange = Exchange.carriedBy(future);
    if (exchange != null) {
      exchange.abandoned();
    }
  }
}
