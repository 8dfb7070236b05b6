package io.costattr.advice.jetty;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpReceiver.responseContent} up to 11.0, which is called when there is demand for one
 * more piece of a body, before that is decoded.
 */
public final class PieceAdvice {
  private PieceAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) Object sent, @Advice.Argument(1) @Nullable ByteBuffer piece) {
    Exchange exchange = Exchange.carriedBy(sent);
    ObservedBody body = exchange == null ? null : exchange.observedResponse();
    if (body != null && piece != null) {
      body.accept(piece);
    }
  }
}
