package io.costattr.api;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one budget stands, as far as this JVM knows. Immutable.
 *
 * @param budget the budget's name
 * @param value for whom it is, where every value of a dimension has a budget of its own, for
 *     example a customer's id; null where the budget is one
 * @param unit what the amounts count
 * @param limit what may be used in the window
 * @param spent what has been used in it; may be more than the limit
 * @param reserved what is set aside for calls of this JVM that are under way
 * @param blocks whether calls beyond the limit are refused; others only say so, or make calls
 *     cheaper
 * @param resetsAt when the window ends; of a rolling window, the earliest moment at which something
 *     leaves it
 */
public record Quota(
    String budget,
    @Nullable String value,
    Unit unit,
    BigDecimal limit,
    BigDecimal spent,
    BigDecimal reserved,
    boolean blocks,
    Instant resetsAt) {

  /** What a budget limits. */
  public enum Unit {
    /** Money, in USD. */
    USD,
    /** Tokens of either side. */
    TOKENS,
    /** Attempts at a model. */
    CALLS
  }

  /** What is left for further calls; zero when nothing is. */
  public BigDecimal remaining() {
    return limit.subtract(spent).subtract(reserved).max(BigDecimal.ZERO);
  }
}
