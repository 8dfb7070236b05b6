package io.costattr.advice.jetty;

import io.costattr.core.exchange.Exchange;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code sendHeaders} of the sender over HTTP/2: the head goes out, with the first piece of the
 * body or all of it.
 */
public final class HeadSentAdvice {
  private HeadSentAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) Object sent,
      @Advice.Argument(1) @Nullable ByteBuffer piece,
      @Advice.Argument(2) boolean last)
      throws Throwable {
    Exchange exchange = Exchange.carriedBy(sent);
    if (exchange == null) {
      return;
    }
    Object request = Messages.request(sent);
    String method = Messages.method(request);
    if (!"GET".equals(method) && !"HEAD".equals(method) && !"DELETE".equals(method)) {
      exchange.requestBody(Messages.requestHeaders(request).get("Content-Encoding"));
    }
    PieceSentAdvice.show(exchange, piece, last);
  }
}
