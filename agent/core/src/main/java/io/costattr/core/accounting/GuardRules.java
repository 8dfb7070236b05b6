package io.costattr.core.accounting;

import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.ledger.Guards;
import io.costattr.core.price.Basis;
import io.costattr.core.price.Cost;
import io.costattr.core.price.Effects;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceQuery;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/** What an entry gives reason to look at, as the configuration says. Immutable. */
final class GuardRules {
  private final PriceBook prices;
  private final long promptLimit;
  private final boolean budgetsUnpriced;

  GuardRules(Config config, PriceBook prices) {
    this.prices = prices;
    this.promptLimit = config.number(Key.PROMPT_SIZE_WARNING);
    this.budgetsUnpriced = "family".equals(config.text(Key.UNPRICED_BUDGET));
  }

  Guards of(PriceQuery query, @Nullable Usage usage, Cost cost) {
    if (usage == null) {
      return Guards.NONE;
    }
    boolean large = promptLimit > 0 && usage.inputTokens() > promptLimit;
    Effects effects = cost.picoUsd() == null ? Effects.NONE : prices.effects(query, usage);
    Long budget =
        budgetsUnpriced && cost.basis() == Basis.UNPRICED ? prices.highest(query, usage) : null;
    return !large && budget == null && effects.equals(Effects.NONE)
        ? Guards.NONE
        : new Guards(
            large ? promptLimit : null,
            effects.surcharge(),
            effects.savings(),
            effects.premium(),
            budget);
  }
}
