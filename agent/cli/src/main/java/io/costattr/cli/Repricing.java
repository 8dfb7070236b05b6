package io.costattr.cli;

import io.costattr.core.price.Basis;
import io.costattr.core.price.Cost;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceQuery;
import io.costattr.core.price.Tier;
import io.costattr.core.usage.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How recorded events are priced again: by which book, as of when, and as which model or tier. The
 * rates of another model are found under the event's provider, else under the first that has them.
 *
 * @param at the instant whose rates are taken, or null for each call's own
 * @param model the model that would have answered, or null for the one that did
 * @param tier the tier that would have served, or null for the one that did
 */
record Repricing(
    PriceBook book, @Nullable Instant at, @Nullable String model, @Nullable Tier tier) {

  /** Whether it asks what would have been, rather than for what was. */
  boolean isWhatIf() {
    return model != null || tier != null || at != null;
  }

  /** The new cost; null where the event cannot be priced again. */
  @Nullable Cost cost(Recorded event) {
    Usage usage = event.usage();
    PriceQuery query = event.query(book, at);
    if (usage == null
        || query == null
        || ((model != null || tier != null) && !event.isInference())) {
      return null;
    }
    PriceQuery asked = asked(query);
    return event.isEstimated() ? book.estimate(asked, usage) : book.price(asked, usage);
  }

  private PriceQuery asked(PriceQuery query) {
    String served = tier == null ? query.servedTier() : tier.id();
    if (model == null) {
      return with(query, query.provider(), query.openAiDialect(), query.responseModel(), served);
    }
    String provider = query.provider();
    if (book.inForce(provider, model, query.at()).isEmpty()) {
      for (String other : book.providers()) {
        if (!book.inForce(other, model, query.at()).isEmpty()) {
          provider = other;
          break;
        }
      }
    }
    // A tier of one model is none of another's.
    return with(query, provider, false, model, tier == null ? null : served);
  }

  private PriceQuery with(
      PriceQuery query,
      String provider,
      boolean openAiDialect,
      @Nullable String responseModel,
      @Nullable String served) {
    return new PriceQuery(
        provider,
        openAiDialect,
        responseModel,
        model == null ? query.requestModel() : null,
        served,
        null,
        query.at(),
        provider.equals(query.provider()) ? query.serverAddress() : null,
        model == null ? query.deploymentModel() : null,
        provider.equals(query.provider()) ? query.inferenceRegion() : null);
  }

  static boolean isKnown(Cost cost) {
    return cost.basis() != Basis.UNPRICED && cost.picoUsd() != null;
  }
}
