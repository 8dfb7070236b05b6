package io.costattr.advice.jetty;

import io.costattr.core.exchange.Exchange;
import java.nio.channels.AsynchronousCloseException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code HttpExchange.responseComplete}, to which whoever ends a response must come first. */
public final class CompleteAdvice {
  private CompleteAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object sent,
      @Advice.Argument(0) @Nullable Throwable failure,
      @Advice.Return boolean first) {
    Exchange exchange = first ? Exchange.carriedBy(sent) : null;
    if (exchange == null) {
      return;
    }
    if (failure != null) {
      broken(exchange, failure);
    } else if (exchange.isAnswered()) {
      exchange.completed();
    }
  }

  static void broken(Exchange exchange, Throwable failure) {
    if (failure instanceof AsynchronousCloseException) {
      // The application has closed the body, or the client.
      exchange.abandoned();
    } else {
      exchange.failed(failure);
    }
  }
}
