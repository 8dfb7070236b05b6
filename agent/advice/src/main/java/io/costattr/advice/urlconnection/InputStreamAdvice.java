package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.Exchange;
import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpURLConnection.getInputStream0}, which sends as often as it takes and ends with the
 * head of the last response.
 */
public final class InputStreamAdvice {
  private InputStreamAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Throwable.class)
  public static @Nullable Object enter(@Advice.This HttpURLConnection connection) {
    Throwable refused = Connections.refused(connection);
    return refused != null ? refused : Connections.enter(connection);
  }

  /**
   * @param stream the response's body, also of an error, for which the method throws
   * @param http the client below, of which the connection has let go when there is no body
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.This HttpURLConnection connection,
      @Advice.FieldValue("inputStream") @Nullable Object stream,
      @Advice.FieldValue("http") @Nullable Object http,
      @Advice.Thrown @Nullable Throwable thrown) {
    Connections.leave(entered);
    Exchange exchange = Exchange.carriedBy(connection);
    if (exchange == null) {
      return;
    }
    if (thrown != null && (stream == null || !exchange.isAnswered())) {
      exchange.failed(thrown);
    } else if (http == null && exchange.isAnswered()) {
      exchange.completed();
    }
  }
}
