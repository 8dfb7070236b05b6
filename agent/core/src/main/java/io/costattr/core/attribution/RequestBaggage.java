package io.costattr.core.attribution;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code baggage} header of a request says of who pays. Immutable.
 *
 * @param trusted what counts; null when nothing does
 * @param untrusted what it says besides, which must not count by any other way either; null when it
 *     says nothing else
 * @param unread whether it is more than is read, so that nobody knows what it says
 */
public record RequestBaggage(
    @Nullable Attribution trusted, @Nullable Attribution untrusted, boolean unread) {
  /** It says nothing. */
  public static final RequestBaggage NONE = new RequestBaggage(null, null, false);

  /** It is not read. */
  public static final RequestBaggage UNREAD = new RequestBaggage(null, null, true);

  /** Tells which requests are believed. */
  @FunctionalInterface
  public interface Trust {
    /**
     * What counts of a request's baggage.
     *
     * @param headers every value of its {@code baggage} headers, as they came
     * @param peer the address at the other end of the socket, in digits; null when it is not known
     * @param arrivedMs when it came, in milliseconds since 1970
     */
    RequestBaggage of(List<String> headers, Supplier<@Nullable String> peer, long arrivedMs);
  }

  /**
   * What OpenTelemetry's baggage says on a thread that serves the request, but for what it has from
   * this header without that being trusted: then its word is that of whoever sent the request.
   */
  @Nullable Attribution filter(@Nullable Attribution baggage) {
    if (baggage == null || unread) {
      return null;
    }
    return untrusted == null ? baggage : baggage.without(untrusted);
  }
}
