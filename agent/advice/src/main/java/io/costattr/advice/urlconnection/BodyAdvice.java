package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At the constructors of {@code HttpInputStream}, which the application reads: what that reads from
 * is observed, so that it stays what it is itself.
 */
public final class BodyAdvice {
  private BodyAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToFields(
      @Advice.AssignReturned.ToFields.ToField(
          value = "in",
          declaringType = FilterInputStream.class,
          typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object exit(
      @Advice.Argument(0) HttpURLConnection connection,
      @Advice.FieldValue(value = "in", declaringType = FilterInputStream.class) InputStream in) {
    Exchange exchange = Exchange.carriedBy(connection);
    ObservedBody body = exchange == null || exchange.isOver() ? null : exchange.observedResponse();
    return body == null ? null : new ResponseStream(in, body, length(connection));
  }

  /** How long the body must be; -1 when it tells its end by itself. */
  private static long length(HttpURLConnection connection) {
    return "chunked".equalsIgnoreCase(connection.getHeaderField("Transfer-Encoding"))
        ? -1
        : connection.getContentLengthLong();
  }
}
