package io.costattr.core.ledger;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.price.Cost;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * One ledger entry: an attempt, who pays, what it consumed, what it cost. Immutable.
 *
 * @param attempt what was seen on the wire
 * @param attribution who pays
 * @param usage what it consumed; null when nothing is known or nothing was consumed
 * @param cost what it cost
 */
public record CostEvent(
    Attempt attempt, ResolvedAttribution attribution, @Nullable Usage usage, Cost cost) {

  /** The model for display and grouping: the response's, else the request's, else null. */
  public @Nullable String model() {
    return attempt.responseModel() != null ? attempt.responseModel() : attempt.requestModel();
  }
}
