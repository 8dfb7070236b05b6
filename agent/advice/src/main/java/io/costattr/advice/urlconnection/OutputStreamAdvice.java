package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.Exchange;
import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpURLConnection.getOutputStream0}, which writes the head of a request whose body is
 * streamed, and waits for the server's consent where the application wants that.
 */
public final class OutputStreamAdvice {
  private OutputStreamAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Throwable.class)
  public static @Nullable Object enter(@Advice.This HttpURLConnection connection) {
    Throwable refused = Connections.refused(connection);
    return refused != null ? refused : Connections.enter(connection);
  }

  /**
   * @param status the answer in the place of a consent; -1 when there is none
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.This HttpURLConnection connection,
      @Advice.FieldValue(value = "responseCode", declaringType = HttpURLConnection.class)
          int status,
      @Advice.Thrown @Nullable Throwable thrown) {
    Connections.leave(entered);
    Exchange exchange = Exchange.carriedBy(connection);
    if (thrown == null || exchange == null || exchange.isAnswered()) {
      return;
    }
    if (status > 0) {
      // Its head and its body are gone.
      exchange.response(status, name -> null);
      exchange.completed();
    } else {
      exchange.failed(thrown);
    }
  }
}
