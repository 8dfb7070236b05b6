package io.costattr.advice.jetty;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpDestination.send}, by which an exchange begins to wait for a connection: one that
 * the policy refuses is aborted as the client itself does it when too many wait; one that is denied
 * is answered. Both need no connection. (Who sends on a connection of his own comes past this.)
 */
public final class DestinationAdvice {
  private DestinationAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Object sent) throws Throwable {
    Exchange exchange = sent == null ? null : Exchange.carriedBy(sent);
    if (sent == null || exchange == null) {
      return null;
    }
    Rejection rejection = Exchanges.rejected(sent);
    if (rejection != null) {
      exchange.withdrawn();
      Steps.abort(Messages.request(sent), rejection.thrown());
      return true;
    }
    if (exchange.objection(Bodies.preview(Messages.request(sent))) instanceof Denial denial) {
      Answer.give(sent, denial);
      return true;
    }
    return null;
  }
}
