package io.costattr.advice.vertx;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;

/**
 * At {@code HttpClientResponseImpl.handleEnd}, from 5.1 on {@code handleTrailers}: all of it has
 * been handed over.
 */
public final class EndAdvice {
  private EndAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object response) {
    Exchange exchange = Responses.exchange(response);
    if (exchange != null) {
      exchange.completed();
    }
  }
}
