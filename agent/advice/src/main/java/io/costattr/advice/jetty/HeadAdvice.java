package io.costattr.advice.jetty;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;

/** At {@code HttpReceiver.responseHeaders} up to 11.0: the head of a response has come. */
public final class HeadAdvice {
  private HeadAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) Object sent) throws Throwable {
    Exchange exchange = Exchange.carriedBy(sent);
    if (exchange != null) {
      Head.tell(exchange, Messages.response(sent));
    }
  }
}
