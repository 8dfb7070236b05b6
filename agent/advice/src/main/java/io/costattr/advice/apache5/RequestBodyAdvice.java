package io.costattr.advice.apache5;

import io.costattr.advice.stream.ObservedOutputStream;
import io.costattr.core.exchange.Exchange;
import java.io.OutputStream;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At {@code BHttpConnectionBase.createContentOutputStream}, which makes what the request's body is
 * written to: entities stay the application's own.
 */
public final class RequestBodyAdvice {
  private RequestBodyAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(@Advice.Return @Nullable OutputStream stream) {
    Exchange exchange = Exchange.current(Apache5.SUBJECT);
    return exchange == null || stream == null
        ? null
        : new ObservedOutputStream(stream, exchange.requestBody());
  }
}
