package io.costattr.core.budget;

import java.time.Duration;
import java.time.Instant;
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
    RUNAWAY
  }

  /** Whole seconds until {@link #resetsAt}, at least 1: for the header {@code Retry-After}. */
  public long retryAfterSeconds(Instant now) {
    long millis = Duration.between(now, resetsAt).toMillis();
    return Math.max(1, (millis + 999) / 1000);
  }
}
