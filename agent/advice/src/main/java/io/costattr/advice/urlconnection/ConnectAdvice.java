package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.Exchange;
import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code connect} of both kinds of connections: an attempt that finds no server is one as well.
 * Otherwise the attempt begins when the request is written, see {@link SendAdvice}.
 */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Throwable.class)
  public static @Nullable Object enter(@Advice.This HttpURLConnection connection) {
    Throwable refused = Connections.refused(connection);
    return refused != null ? refused : Connections.open(connection);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered, @Advice.Thrown @Nullable Throwable thrown) {
    if (entered instanceof Exchange exchange) {
      if (thrown == null) {
        exchange.withdrawn();
      } else {
        exchange.failed(thrown);
      }
    }
  }
}
