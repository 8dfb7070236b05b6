package io.costattr.advice.reactornetty;

import io.costattr.core.baggage.OutgoingBaggage;
import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * At {@code HttpClientHandler.requestWithBody}, which is given the connection on which its request
 * goes: from now on both sides of the wire are this exchange's, until the next request takes them.
 */
public final class RequestAdvice {
  private RequestAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object handler, @Advice.Argument(0) @Nullable Object operations) {
    if (!(operations instanceof Connection connection)) {
      return;
    }
    if (OutgoingBaggage.isOn()) {
      OutgoingBaggage.carry(OutgoingBaggage.carriedBy(handler), connection.channel());
    }
    Exchange exchange = Exchange.carriedBy(handler);
    if (exchange == null) {
      Exchange.forget(connection.channel());
    } else {
      exchange.carryWith(connection.channel());
    }
  }
}
