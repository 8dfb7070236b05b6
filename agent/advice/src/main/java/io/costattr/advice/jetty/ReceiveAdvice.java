package io.costattr.advice.jetty;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;

/**
 * At {@code HttpReceiver.responseHeaders} from 12.0 on: what this receiver reads from now on is
 * this response's.
 */
public final class ReceiveAdvice {
  private ReceiveAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object receiver, @Advice.Argument(0) Object sent) {
    Exchange exchange = Exchange.carriedBy(sent);
    if (exchange == null) {
      Exchange.forget(receiver);
    } else {
      exchange.carryWith(receiver);
    }
  }
}
