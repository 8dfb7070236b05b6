package io.costattr.advice.apache5;

import io.costattr.core.exchange.AnswerThreads;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * At {@code execute} of {@code InternalHttpAsyncExecRuntime} and {@code
 * InternalH2AsyncExecRuntime}, by which the chain's last element gives a request to its connection:
 * an attempt that was denied is answered here.
 */
public final class AsyncAnswerAdvice {
  private AsyncAnswerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Cancellable.class)
  public static @Nullable Object enter(
      @Advice.This Object runtime,
      @Advice.Argument(1) AsyncClientExchangeHandler handler,
      @Advice.Argument(2) HttpContext context) {
    Exchange exchange = Exchange.carriedBy(runtime);
    Denial denial = exchange == null ? null : exchange.denial();
    if (denial == null) {
      return null;
    }
    AnswerThreads.run(new AsyncAnswer(denial, handler, context, true));
    // It is as good as there.
    return (Cancellable) () -> false;
  }
}
