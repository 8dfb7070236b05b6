package io.costattr.advice.apache5;

import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * At {@code InternalExecRuntime.execute}, by which the chain's last element, or the client that has
 * no chain, gives a request to its connection: an attempt that was denied is answered here, so that
 * everything that looks at responses sees it.
 */
public final class AnswerAdvice {
  private AnswerAdvice() {}

  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = ClassicHttpResponse.class)
  public static @Nullable Object enter(@Advice.This Object runtime) {
    Exchange exchange = Exchange.carriedBy(runtime);
    if (exchange == null) {
      exchange = Exchange.current(Apache5.SUBJECT);
    }
    Denial denial = exchange == null ? null : exchange.denial();
    return denial == null ? null : DeniedResponse.of(denial);
  }
}
