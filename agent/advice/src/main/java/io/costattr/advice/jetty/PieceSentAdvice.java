package io.costattr.advice.jetty;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code sendContent} of the senders over HTTP/1.1 and HTTP/2: one more piece of the body. */
public final class PieceSentAdvice {
  private PieceSentAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) Object sent,
      @Advice.Argument(1) @Nullable ByteBuffer piece,
      @Advice.Argument(2) boolean last) {
    Exchange exchange = Exchange.carriedBy(sent);
    if (exchange != null) {
      show(exchange, piece, last);
    }
  }

  static void show(Exchange exchange, @Nullable ByteBuffer piece, boolean last) {
    ObservedBody body = exchange.observedRequest();
    if (body == null) {
      return;
    }
    if (piece != null) {
      body.accept(piece);
    }
    if (last) {
      body.ended();
    }
  }
}
