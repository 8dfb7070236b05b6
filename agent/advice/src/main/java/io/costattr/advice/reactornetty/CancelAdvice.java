package io.costattr.advice.reactornetty;

import io.costattr.core.exchange.Exchange;
import java.util.concurrent.CancellationException;
import net.bytebuddy.asm.Advice;

/**
 * At {@code HttpClientOperations.onInboundCancel}: the application wants no more, or nothing at all
 * when the response has not begun.
 */
public final class CancelAdvice {
  private CancelAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object operations) {
    Exchange exchange = Wire.exchange(operations);
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
