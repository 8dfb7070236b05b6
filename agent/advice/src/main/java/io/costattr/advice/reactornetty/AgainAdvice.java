package io.costattr.advice.reactornetty;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClientHandler.test}, which is asked about every failure before a response, and
 * about redirects, whether to begin again; it knows the next address when it says so.
 */
public final class AgainAdvice {
  private AgainAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object handler,
      @Advice.Argument(0) @Nullable Throwable failure,
      @Advice.Return boolean again,
      @Advice.FieldValue("method") @Nullable Object method,
      @Advice.FieldValue("toURI") @Nullable Object uri) {
    Exchange exchange = Exchange.carriedBy(handler);
    if (exchange != null && failure != null) {
      if (exchange.isAnswered()) {
        // The client itself has taken the answer, and reads no further.
        exchange.abandoned();
      } else {
        exchange.failed(failure);
      }
    }
    if (again) {
      Attempts.begin(handler, method, uri, false);
    }
  }
}
