package io.costattr.advice.jetty;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpReceiver.responseHeader} from 12.0 on: where the client decodes a body it takes the
 * coding out of the head before it tells anybody.
 */
public final class HeaderAdvice {
  private HeaderAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) Object sent, @Advice.Argument(1) @Nullable HttpField field) {
    if (field == null || field.getHeader() != HttpHeader.CONTENT_ENCODING) {
      return;
    }
    Exchange exchange = Exchange.carriedBy(sent);
    String coding = field.getValue();
    if (exchange != null && coding != null) {
      exchange.responseEncoding(coding);
    }
  }
}
