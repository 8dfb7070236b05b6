package io.costattr.core.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call that may not be sent, and everything to say so. Immutable.
 *
 * @param reason why
 * @param budget the budget's name
 * @param value for whom it is, where every value of a dimension has a budget of its own ({@code
 *     acme}); null where the budget is one
 * @param unit what limit, spent, reserved and needed count; USD are pico-USD (1e-12 USD)
 * @param limit what may be used in the window
 * @param spent what has been used in it, as far as this JVM knows
 * @param reserved what is reserved for calls of this JVM that are under way
 * @param needed what this call may need
 * @param resetsAt when the window ends; of a rolling window, the earliest moment at which something
 *     leaves it
 * @param message one sentence for a person
 */
public record Blocked(
    Reason reason,
    String budget,
    @Nullable String value,
    Unit unit,
    long limit,
    long spent,
    long reserved,
    long needed,
    Instant resetsAt,
    String message)
    implements Decision {

  /** The error code by which providers' clients may tell it: {@value}. */
  public static final String CODE = "monthly_ai_quota_exceeded";

  /** The error type, that of an exhausted quota of OpenAI's: {@value}. */
  public static final String TYPE = "insufficient_quota";

  /** Why a call is blocked. */
  public enum Reason {
    /** What is left of the budget is less than what the call may need. */
    EXCEEDED,
    /** The model has no price, and the budget says to refuse those. */
    UNPRICED,
    /** The store does not answer, and the budget says to refuse calls then. */
    STORE_DOWN,
    /** The call site burns the same prompt over and over. */
    RUNAWAY;

    /** As it stands in metrics, for example {@code store_down}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is to be said of a counter that has no room for a call; its lock is held. */
  static Blocked of(Reason reason, Counter counter, Window.Span span, Estimate estimate) {
    Budget budget = counter.of.budget();
    Unit unit = budget.unit();
    long limit = budget.limits().of(counter.value);
    long needed = estimate.in(unit);
    String value = budget.each().isEmpty() ? null : counter.value;
    Instant resetsAt = Instant.ofEpochMilli(budget.window().rolls() ? span.end() : span.until());
    String whose =
        "The budget " + budget.name() + (value == null ? "" : " of " + BudgetNotice.cut(value));
    String why =
        switch (reason) {
          case UNPRICED -> whose + " takes no model without a price.";
          case STORE_DOWN -> whose + " cannot be asked at present, and is closed then.";
          default ->
              whose
                  + " is used up: of "
                  + Amount.text(unit, limit)
                  + ", "
                  + Amount.text(unit, counter.spent())
                  + " are spent and "
                  + Amount.text(unit, counter.reserved())
                  + " reserved; this call may need "
                  + Amount.text(unit, needed)
                  + ". It resets at "
                  + resetsAt
                  + ".";
        };
    return new Blocked(
        reason,
        budget.name(),
        value,
        unit,
        limit,
        counter.spent(),
        counter.reserved(),
        needed,
        resetsAt,
        why + " Nothing was sent.");
  }

  /** Whole seconds until {@link #resetsAt}, at least 1: for the header {@code Retry-After}. */
  public long retryAfterSeconds(Instant now) {
    long millis = Duration.between(now, resetsAt).toMillis();
    return Math.max(1, (millis + 999) / 1000);
  }
}
