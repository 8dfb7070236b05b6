package io.costattr.api;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Why a call was refused by a budget: what the headers of an answer with status 429 say. A provider
 * never sends them. Immutable.
 *
 * <pre>{@code
 * catch (RateLimitException e) {                      // openai-java's
 *     QuotaExceeded quota = QuotaExceeded.of(
 *         name -> e.headers().values(name).stream().findFirst().orElse(null));
 * }
 * }</pre>
 *
 * @param budget the budget's name
 * @param value for whom it is, where every value of a dimension has a budget of its own; null where
 *     the budget is one, and for a value of more than a thousand characters
 * @param reason {@code exceeded}; {@code unpriced}, {@code store_down} or {@code runaway}
 * @param unit what the amounts count
 * @param limit what may be used in the window
 * @param spent what has been used in it
 * @param resetsAt when the window ends; of a rolling window, the earliest moment at which something
 *     leaves it
 */
public record QuotaExceeded(
    String budget,
    @Nullable String value,
    String reason,
    Quota.Unit unit,
    BigDecimal limit,
    BigDecimal spent,
    Instant resetsAt) {
  private static final String BUDGET = "x-costattr-budget";

  /**
   * What an answer's headers say.
   *
   * @param headers gives the value of the header of a name, which is in lower case; null when there
   *     is none
   * @return null when no budget of the agent's has given this answer
   */
  public static @Nullable QuotaExceeded of(Function<String, @Nullable String> headers) {
    String budget = text(headers.apply(BUDGET));
    String reason = headers.apply(BUDGET + "-reason");
    String unit = headers.apply(BUDGET + "-unit");
    String limit = headers.apply(BUDGET + "-limit");
    String spent = headers.apply(BUDGET + "-spent");
    String reset = headers.apply(BUDGET + "-reset");
    if (budget == null
        || reason == null
        || unit == null
        || limit == null
        || spent == null
        || reset == null) {
      return null;
    }
    try {
      return new QuotaExceeded(
          budget,
          text(headers.apply(BUDGET + "-value")),
          reason,
          Quota.Unit.valueOf(unit.toUpperCase(Locale.ROOT)),
          new BigDecimal(limit),
          new BigDecimal(spent),
          Instant.parse(reset));
    } catch (IllegalArgumentException | DateTimeException notOurs) {
      return null;
    }
  }

  /** As it was before it was percent-encoded. */
  private static @Nullable String text(@Nullable String encoded) {
    try {
      return encoded == null
          ? null
          : URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }
}
