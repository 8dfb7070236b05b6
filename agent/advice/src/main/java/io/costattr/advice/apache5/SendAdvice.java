package io.costattr.advice.apache5;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpRequestExecutor.execute}, which sends a request whose head is complete. A request
 * to a proxy, on the way to one of ours, has no entity.
 */
public final class SendAdvice {
  private SendAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) ClassicHttpRequest request) {
    Exchange exchange = Exchange.current(Apache5.SUBJECT);
    return exchange == null ? null : AskingRequest.put(request, exchange);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered instanceof AskingRequest asking) {
      asking.undo();
    }
  }
}
