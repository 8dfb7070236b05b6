package io.costattr.advice.urlconnection;

import io.costattr.core.exchange.Exchange;
import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpURLConnection.getHeaderField}, by which the connection itself reads the status of
 * each response as soon as it is there, whether the application will ever see it or not.
 */
public final class HeadAdvice {
  private static final String HTTP = "HTTP/1.";
  private static final int STATUS_LENGTH = 3;

  private HeadAdvice() {}

  /**
   * @param stream what the response is read from; as long as it is there, asking for a header sends
   *     nothing
   */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This HttpURLConnection connection,
      @Advice.Argument(0) int number,
      @Advice.FieldValue("inputStream") @Nullable Object stream,
      @Advice.Return @Nullable String field) {
    if (number != 0 || field == null || stream == null || !field.startsWith(HTTP)) {
      return;
    }
    Exchange exchange = Exchange.carriedBy(connection);
    if (exchange != null && !exchange.isAnswered() && !exchange.isOver()) {
      exchange.response(status(field), connection::getHeaderField);
    }
  }

  /** As the connection reads it: what follows a blank. */
  private static int status(String line) {
    int from = line.indexOf(' ');
    while (line.charAt(from) == ' ') {
      from++;
    }
    return Integer.parseInt(line, from, from + STATUS_LENGTH, 10);
  }
}
