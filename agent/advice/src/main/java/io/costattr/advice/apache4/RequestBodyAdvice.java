package io.costattr.advice.apache4;

import io.costattr.advice.stream.ObservedOutputStream;
import io.costattr.core.exchange.Exchange;
import java.io.OutputStream;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.apache.http.HttpMessage;
import org.jspecify.annotations.Nullable;

/**
 * At {@code BHttpConnectionBase.prepareOutput}, which makes what a message's body is written to:
 * entities stay the application's own.
 */
public final class RequestBodyAdvice {
  private RequestBodyAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Argument(0) HttpMessage message, @Advice.Return @Nullable OutputStream stream) {
    Exchange exchange = Exchange.carriedBy(message);
    return exchange == null || stream == null
        ? null
        : new ObservedOutputStream(stream, exchange.requestBody(Apache4.encoding(message)));
  }
}
