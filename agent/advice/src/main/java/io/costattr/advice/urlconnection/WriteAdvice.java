package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code write} of the stream that a request's body is streamed to. */
public final class WriteAdvice {
  private WriteAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.FieldValue("this$0") Object connection,
      @Advice.Argument(0) byte[] bytes,
      @Advice.Argument(1) int offset,
      @Advice.Argument(2) int length) {
    ObservedBody body = body(connection);
    if (body != null) {
      body.accept(bytes, offset, length);
    }
  }

  /** What that connection's request is being shown to, or null. */
  static @Nullable ObservedBody body(Object connection) {
    Exchange exchange = Exchange.carriedBy(connection);
    return exchange == null ? null : exchange.observedRequest();
  }
}
