package io.costattr.core.budget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is left of one budget for somebody. Immutable.
 *
 * @param budget the budget's name
 * @param value for whom it is, where every value has a budget of its own; null where it is one
 * @param unit what the amounts count; USD are pico-USD (1e-12 USD)
 * @param limit what may be used in the window
 * @param spent what has been used in it, as far as this JVM knows
 * @param reserved what is reserved for calls of this JVM that are under way
 * @param action what becomes of calls that do not fit
 * @param resetsAt when the window ends; of a rolling window, the earliest moment at which something
 *     leaves it
 */
public record Quota(
    String budget,
    @Nullable String value,
    Unit unit,
    long limit,
    long spent,
    long reserved,
    Action action,
    Instant resetsAt) {

  /** How a counter stands, which is in that span and whose lock is held. */
  static Quota of(Counter counter, Window.Span span) {
    Budget budget = counter.of.budget();
    return new Quota(
        budget.name(),
        budget.each().isEmpty() ? null : counter.value,
        budget.unit(),
        budget.limits().of(counter.value),
        counter.spent(),
        counter.reserved(),
        budget.action(),
        Instant.ofEpochMilli(budget.window().rolls() ? span.end() : span.until()));
  }
}
