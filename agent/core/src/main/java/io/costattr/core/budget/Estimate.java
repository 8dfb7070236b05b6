package io.costattr.core.budget;

import io.costattr.core.price.Ceiling;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a call may use, from above. Filled once, by {@link #fill}; then only read.
 *
 * <p>Output is the request's own maximum; without one, the 99th percentile of its call site. As
 * long as that is not known either, the figure is a guess, and says so: a guess alone is no reason
 * to block a call while anything is left.
 */
final class Estimate {
  /** No answer of which nothing is known is taken for shorter. */
  static final long GUESSED_OUTPUT = 4_096;

  /** What a call is taken to cost of which nothing at all is known: 10 cents. */
  static final long GUESSED_PICO_USD = 100_000_000_000L;

  /** In pico-USD (1e-12 USD). */
  long picoUsd;

  /** Of both sides. */
  long tokens;

  /** Whether it rests on nothing but custom. */
  boolean guessed;

  /** Whether the model has no price of its own: the figure is that of its family, or 0. */
  boolean unpriced;

  /**
   * Estimates a call, were it one of that model, tier and maximum of output.
   *
   * @param outputLimit {@link Prospect#UNLIMITED} when there is none
   */
  void fill(
      Prospect call,
      @Nullable String model,
      @Nullable String tier,
      long outputLimit,
      Site site,
      Tariffs tariffs) {
    guessed = false;
    unpriced = false;
    long output = outputLimit;
    if (outputLimit < 0) {
      guessed = site.output.seen() < Site.FEW;
      output = guessed ? Math.max(GUESSED_OUTPUT, site.output.get()) : site.output.get();
    }
    long text = site.inputTokens(call.textBytes());
    tokens = text + call.mediaTokens() + output;
    if (model == null) {
      guessed = site.microUsd.seen() < Site.FEW;
      picoUsd = guessed ? GUESSED_PICO_USD : (site.microUsd.get() + 1) * 1_000_000;
      return;
    }
    Tariff tariff = tariffs.of(call, model, tier);
    Ceiling ceiling = tariff.ceiling();
    unpriced = !tariff.priced();
    long byToken = ceiling == null ? -1 : ceiling.pico(text, call.mediaTokens(), output);
    if (byToken < 0) {
      unpriced = true;
    }
    picoUsd = Math.max(0, byToken);
    if (call.textBytes() == 0 && call.mediaTokens() == 0) {
      // Nobody has said how long the request is.
      picoUsd = Math.max(picoUsd, site.microUsd.get() * 1_000_000);
    }
    Usage besides = call.besides();
    if (besides != null) {
      add(tariffs.prices().price(Tariffs.query(call, model, tier), besides).picoUsd());
      // Its model may well have no price by the token.
      unpriced = picoUsd == 0;
    }
  }

  private void add(@Nullable Long pico) {
    if (pico != null) {
      long sum = picoUsd + pico;
      picoUsd = sum < 0 ? Long.MAX_VALUE : sum;
    }
  }

  /** Whether the figure in that unit is a guess. */
  boolean isGuessed(Unit unit) {
    return guessed && unit != Unit.CALLS;
  }

  /** In that unit. */
  long in(Unit unit) {
    return switch (unit) {
      case USD -> picoUsd;
      case TOKENS -> tokens;
      case CALLS -> 1;
    };
  }
}
