package io.costattr.core.budget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to be said of a budget, once in the fleet for each window and threshold. Immutable.
 *
 * @param budget the budget's name
 * @param value for whom it is, where every value has a budget of its own; else null
 * @param unit what the figures count; USD are pico-USD (1e-12 USD)
 * @param action what becomes of calls when it is used up
 * @param percent the threshold that was passed
 * @param limit what may be used in the window
 * @param spent what has been used
 * @param from the beginning of the window
 * @param until its end; of a rolling one, when what is spent now leaves it
 * @param at when it was noticed
 */
public record BudgetNotice(
    String budget,
    @Nullable String value,
    Unit unit,
    Action action,
    int percent,
    long limit,
    long spent,
    Instant from,
    Instant until,
    Instant at) {

  /** One sentence for a log. */
  public String message() {
    return "budget "
        + budget
        + (value == null ? "" : " of " + cut(value))
        + " has passed "
        + percent
        + " %: "
        + Amount.text(unit, spent)
        + " of "
        + Amount.text(unit, limit)
        + " used, until "
        + until;
  }

  /** Names come from outside, and may be of any length. */
  static String cut(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
