package io.costattr.core.accounting;

import io.costattr.core.Log;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.dialect.Anomaly;
import io.costattr.core.dialect.Besides;
import io.costattr.core.dialect.Dialect;
import io.costattr.core.dialect.Transcript;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.Guards;
import io.costattr.core.price.Basis;
import io.costattr.core.price.Cost;
import io.costattr.core.price.Effects;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceQuery;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/** Settles exchanges. Used by one thread. */
public final class Accountant {
  private final Defaults defaults;
  private final PriceBook prices;
  private final @Nullable Estimate estimate;
  private final Risk risk = new Risk();
  private final Containers containers = new Containers();
  private final long promptLimit;
  private final boolean budgetsUnpriced;

  public Accountant(Config config, Defaults defaults) {
    this.defaults = defaults;
    this.prices = PriceBook.load(config);
    this.estimate = config.flag(Key.ESTIMATE) ? new Estimate() : null;
    this.promptLimit = config.number(Key.PROMPT_SIZE_WARNING);
    this.budgetsUnpriced = "family".equals(config.text(Key.UNPRICED_BUDGET));
  }

  /** The entry of an exchange that is over. Its samples of text are released. */
  public CostEvent settle(Exchange exchange) {
    try {
      Transcript said = exchange.transcript();
      Attempt attempt = exchange.attempt(said);
      ResolvedAttribution attribution = defaults.resolve(exchange.attribution());
      report(attribution, attempt);
      PriceQuery query = query(exchange.route().dialect(), said, attempt);
      Usage usage = usage(exchange, said, attempt);
      Cost cost = cost(exchange, said, attempt, query, usage);
      cost = cost.atRisk(atRisk(exchange, said, attempt, query, usage, cost));
      return new CostEvent(
          attempt, attribution, usage, cost, said.anomaly(), guards(query, usage, cost));
    } finally {
      exchange.release();
    }
  }

  /** What was used: as reported, else as counted from what passed; and the tools that ran. */
  private @Nullable Usage usage(Exchange exchange, Transcript said, Attempt attempt) {
    Usage usage = said.usage();
    if (usage != null && attempt.outcome() == Outcome.COMPLETED) {
      risk.learn(model(said), usage);
    }
    if (usage == null && said.chargePicoUsd() == null && !said.besides().free()) {
      usage = estimated(exchange, said, attempt);
    }
    Besides besides = said.besides();
    int sessions = containers.bill(besides.containers());
    Meter container = besides.container();
    if (usage == null || (sessions == 0 && besides.fees().isEmpty())) {
      return usage;
    }
    Usage.Builder both = usage.toBuilder().add(besides.fees());
    return (container == null ? both : both.add(container, sessions)).build();
  }

  private @Nullable Usage estimated(Exchange exchange, Transcript said, Attempt attempt) {
    return estimate != null
            && mayHaveBeenBilled(exchange, attempt)
            && canEstimate(exchange, said, attempt)
        ? estimate.usage(exchange, said.interim())
        : null;
  }

  private Cost cost(
      Exchange exchange,
      Transcript said,
      Attempt attempt,
      PriceQuery query,
      @Nullable Usage usage) {
    Long charge = said.chargePicoUsd();
    if (charge != null) {
      return Cost.charged(charge);
    }
    if (usage == null) {
      boolean billed = mayHaveBeenBilled(exchange, attempt) && !said.besides().free();
      return !billed ? Cost.NOTHING : said.pending() ? Cost.PENDING : Cost.UNKNOWN;
    }
    if (said.anomaly() == Anomaly.UNPRICEABLE_PART) {
      return Cost.unpriceable();
    }
    Cost cost = said.usage() != null ? prices.price(query, usage) : prices.estimate(query, usage);
    for (Besides.Other other : said.besides().others()) {
      cost = cost.plus(prices.price(query.of(other.model()), other.usage()));
    }
    return cost;
  }

  /**
   * The most that may have been billed beyond what is known, where the answer did not come whole.
   */
  private @Nullable Long atRisk(
      Exchange exchange,
      Transcript said,
      Attempt attempt,
      PriceQuery query,
      @Nullable Usage usage,
      Cost cost) {
    if (attempt.outcome() == Outcome.COMPLETED
        || said.usage() != null
        || said.chargePicoUsd() != null
        || said.pending()
        || said.besides().free()
        || !mayHaveBeenBilled(exchange, attempt)) {
      return null;
    }
    Usage most = said.besides().asked();
    if (most == null && estimate != null) {
      Usage known = usage;
      if (known == null && exchange.request().text().bytesSeen() > 0) {
        known = estimate.input(exchange);
      }
      most =
          known == null
              ? null
              : risk.most(exchange, model(said), known, said.besides().outputLimit());
    }
    Long all = most == null ? null : prices.price(query, most).picoUsd();
    Long known = cost.picoUsd();
    return all == null || (known != null && all <= known)
        ? null
        : all - (known == null ? 0 : known);
  }

  private Guards guards(PriceQuery query, @Nullable Usage usage, Cost cost) {
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

  private static @Nullable String model(Transcript said) {
    return said.responseModel() != null ? said.responseModel() : said.requestModel();
  }

  private static PriceQuery query(Dialect dialect, Transcript said, Attempt attempt) {
    return new PriceQuery(
        attempt.provider(),
        dialect.hasOpenAiModels(),
        said.responseModel(),
        said.requestModel(),
        tier(dialect, said.servedTier()),
        tier(dialect, said.requestedTier()),
        attempt.startedAt(),
        attempt.serverAddress(),
        said.deploymentModel(),
        said.inferenceRegion());
  }

  private static @Nullable String tier(Dialect dialect, @Nullable String name) {
    return name == null ? null : dialect.tier(name);
  }

  /** Providers bill no error answers, and nothing that did not reach them. */
  private static boolean mayHaveBeenBilled(Exchange exchange, Attempt attempt) {
    Integer status = attempt.httpStatus();
    return status == null ? exchange.wasSent() : status < 300;
  }

  /**
   * Without an answer there is nothing to count, nor in a prompt of which no text was seen (images,
   * numbers of tokens), unless the provider had counted it. Work that goes on elsewhere is not
   * over.
   */
  private static boolean canEstimate(Exchange exchange, Transcript said, Attempt attempt) {
    return attempt.httpStatus() != null
        && !said.pending()
        && exchange.wasReadable()
        && (said.interim() != null || exchange.request().text().bytesSeen() > 0);
  }

  private static void report(ResolvedAttribution attribution, Attempt attempt) {
    if (!attribution.missing().isEmpty()) {
      String site = attempt.callSite() == null ? "an unknown place" : attempt.callSite();
      Log.warnOnce(
          "unattributed:" + site + attribution.missing(),
          "calls from "
              + site
              + " do not say their "
              + String.join(", ", attribution.missing())
              + "; set it with AttributionContext.with(...) or costattr.defaults.* (said once per"
              + " call site)");
    }
  }
}
