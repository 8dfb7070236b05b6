package io.costattr.core.budget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one budget stands for one of its values, for people. Immutable. Amounts are in the unit; USD
 * in pico-USD (1e-12 USD).
 *
 * @param budget the budget's name
 * @param value for whom, where every value has a budget of its own; else null
 * @param limit what may be used in the window; null where there is no limit
 * @param spent what has been used in it
 * @param reserved what is set aside, for calls under way or by JVMs that may use it without asking
 * @param action what becomes of calls when it is used up
 * @param from the beginning of the window
 * @param resetsAt its end; of a rolling one, the earliest moment at which something leaves it
 */
public record Quota(
    String budget,
    @Nullable String value,
    Unit unit,
    @Nullable Long limit,
    long spent,
    long reserved,
    Action action,
    Instant from,
    Instant resetsAt) {

  /** What is left; null where there is no limit. */
  public @Nullable Long remaining() {
    return limit == null ? null : Long.valueOf(Math.max(0, limit - spent - reserved));
  }

  static Quota of(Budget budget, String value, Window.Span span, long spent, long reserved) {
    long limit = budget.limits().of(value);
    return new Quota(
        budget.name(),
        budget.each().isEmpty() ? null : value,
        budget.unit(),
        limit == Limits.UNLIMITED ? null : Long.valueOf(limit),
        spent,
        reserved,
        budget.action(),
        Instant.ofEpochMilli(span.from()),
        Instant.ofEpochMilli(budget.window().rolls() ? span.end() : span.until()));
  }

  /** An amount of the budget for a person to read: {@code $49.87}, {@code 1200 tokens}. */
  public String text(long amount) {
    return Amount.text(unit, amount);
  }
}
