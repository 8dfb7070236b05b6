package io.costattr.advice.apache5;

import io.costattr.core.exchange.Exchange;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import net.bytebuddy.asm.Advice;

/**
 * At {@code ComplexFuture.cancel}, by which the application cancels an asynchronous call: a client
 * that is closed right after may tell nobody of it.
 */
public final class CancelFutureAdvice {
  private CancelFutureAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object future) {
    Exchange exchange = Exchange.carriedBy(future);
    if (exchange != null && ((Future<?>) future).isCancelled()) {
      exchange.cancelled(new CancellationException(), 0);
    }
  }
}
