package io.costattr.core.budget;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt really used. Immutable.
 *
 * @param picoUsd its cost in pico-USD (1e-12 USD); null when it is not known
 * @param highestPicoUsd where the model has no price, the most that its family would cost; else
 *     null
 * @param atRiskPicoUsd what may have been billed beyond the cost of an attempt that was cut off; 0
 *     when nothing was
 * @param inputTokens tokens of the input, all modalities, cached ones included
 * @param outputTokens tokens of the output
 * @param calls 1 when the provider took the attempt for one, 0 when it refused it or nothing was
 *     sent
 */
public record Spend(
    @Nullable Long picoUsd,
    @Nullable Long highestPicoUsd,
    long atRiskPicoUsd,
    long inputTokens,
    long outputTokens,
    int calls) {

  /** Nothing was billed. */
  public static final Spend NOTHING = new Spend(0L, null, 0, 0, 0, 0);
}
