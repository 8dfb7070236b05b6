package io.costattr.advice.jetty;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code ResponseListeners.notifyHeaders} from 12.0 on: the receiver's turn to tell of a head
 * may come later than the head itself.
 */
public final class HeadersAdvice {
  private HeadersAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) @Nullable Object response) {
    Exchange exchange = response == null ? null : Exchange.carriedBy(response);
    if (exchange != null && response != null) {
      Head.tell(exchange, response);
    }
  }
}
