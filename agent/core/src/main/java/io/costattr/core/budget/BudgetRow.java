package io.costattr.core.budget;

import org.jspecify.annotations.Nullable;

/**
 * How a budget stands. Immutable.
 *
 * @param budget the budget's name
 * @param value for whom, where every value has a budget of its own; {@link #OTHERS} for all those
 *     together that are not told apart; null where the budget is one
 * @param unit what the figures count; USD are pico-USD (1e-12 USD)
 * @param limit what may be used in the window; null where there is none, and for {@link #OTHERS}
 * @param spent what has been used in it, as far as this JVM knows
 * @param reserved what is reserved for calls of this JVM that are under way
 */
public record BudgetRow(
    String budget,
    @Nullable String value,
    Unit unit,
    @Nullable Long limit,
    long spent,
    long reserved) {

  /** The value of a row for all values that are not told apart. */
  public static final String OTHERS = "__other__";
}
