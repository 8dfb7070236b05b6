package io.costattr.advice.apache5;

import io.costattr.core.exchange.Exchange;
import java.util.concurrent.CancellationException;
import net.bytebuddy.asm.Advice;

/**
 * At {@code InternalExecRuntime.cancel}, by which the application aborts a request: whoever reads
 * it is told no more than that a socket was closed.
 */
public final class CancelAdvice {
  private CancelAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object runtime) {
    Exchange exchange = Exchange.carriedBy(runtime);
    if (exchange != null) {
      exchange.cancelled(new CancellationException(), 0);
    }
  }
}
