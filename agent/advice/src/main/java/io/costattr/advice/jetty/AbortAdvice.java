package io.costattr.advice.jetty;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code HttpExchange.abort}: by the application, by a clock, or for want of a connection. */
public final class AbortAdvice {
  private AbortAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object sent, @Advice.Argument(0) @Nullable Throwable failure) {
    Exchange exchange = Exchange.carriedBy(sent);
    if (exchange != null && failure != null) {
      CompleteAdvice.broken(exchange, failure);
    }
  }
}
