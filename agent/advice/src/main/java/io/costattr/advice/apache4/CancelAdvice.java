package io.costattr.advice.apache4;

import io.costattr.core.exchange.Exchange;
import java.util.concurrent.CancellationException;
import net.bytebuddy.asm.Advice;

/** At {@code ConnectionHolder.cancel}, by which the application aborts a request. */
public final class CancelAdvice {
  private CancelAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.FieldValue("managedConn") Object connection) {
    Exchange exchange = Exchange.carriedBy(connection);
    if (exchange != null) {
      exchange.cancelled(new CancellationException(), 0);
    }
  }
}
