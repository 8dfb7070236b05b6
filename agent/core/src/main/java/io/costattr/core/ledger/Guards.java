package io.costattr.core.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What an entry gives reason to look at. Money in pico-USD (1e-12 USD); a null is something that is
 * not the case, or not known. Immutable.
 *
 * @param promptLimit the number of input tokens beyond which there is a warning, where this entry's
 *     are more
 * @param longContextSurcharge what the whole request cost beyond the rates of a shorter one
 * @param cacheSavings what cached tokens would have cost beyond what they did
 * @param cachePremium what writing to the prompt cache cost beyond fresh input
 * @param budgetCost what budgets may count for an entry without a price, where the configuration
 *     says so: the highest that its model's family would cost
 */
public record Guards(
    @Nullable Long promptLimit,
    @Nullable Long longContextSurcharge,
    @Nullable Long cacheSavings,
    @Nullable Long cachePremium,
    @Nullable Long budgetCost) {

  /** Nothing to look at. */
  public static final Guards NONE = new Guards(null, null, null, null, null);
}
