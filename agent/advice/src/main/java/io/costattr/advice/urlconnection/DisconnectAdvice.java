package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.Exchange;
import java.net.HttpURLConnection;
import java.util.concurrent.CancellationException;
import net.bytebuddy.asm.Advice;

/**
 * At {@code HttpURLConnection.disconnect}, by which the application gives an attempt up. Once there
 * is a body, that is closed and tells it.
 */
public final class DisconnectAdvice {
  private DisconnectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This HttpURLConnection connection) {
    Exchange exchange = Exchange.carriedBy(connection);
    if (exchange != null && !exchange.isAnswered()) {
      exchange.cancelled(new CancellationException(), 0);
    }
  }
}
