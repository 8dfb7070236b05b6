package io.costattr.advice.stream;

import io.costattr.core.exchange.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What is being sent on this thread: an attempt, or meanwhile something else that is none of ours,
 * whose body must not be taken for the attempt's.
 */
public final class Sending {
  private Sending() {}

  private record Suspended(@Nullable Exchange outer) {}

  /**
   * Something begins to be sent on this thread.
   *
   * @param exchange null when it is none of ours
   * @param subject by which whoever writes the request knows the exchange
   * @return what {@link #leave} wants
   */
  public static @Nullable Object enter(@Nullable Exchange exchange, Object subject) {
    if (exchange != null) {
      exchange.enter(subject);
      return exchange;
    }
    return Exchange.current(subject) == null ? null : new Suspended(Exchange.suspend());
  }

  /**
   * Undoes {@link #enter}, on the same thread.
   *
   * @return the attempt, or null when it was none
   */
  public static @Nullable Exchange leave(@Nullable Object entered) {
    if (entered instanceof Suspended suspended) {
      Exchange.resume(suspended.outer);
      return null;
    }
    if (entered instanceof Exchange exchange) {
      exchange.leave();
      return exchange;
    }
    return null;
  }
}
