package io.costattr.core.accounting;

import io.costattr.core.Log;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.batch.BatchEntry;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.dialect.Anomaly;
import io.costattr.core.dialect.Besides;
import io.costattr.core.dialect.Dialect;
import io.costattr.core.dialect.Transcript;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.Cost;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceQuery;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Settles exchanges, and the lines of batch jobs: what providers reported on any thread, what must
 * be counted on one alone.
 */
public final class Accountant {
  private final Defaults defaults;
  private final PriceBook prices;
  private final Consumption consumption;
  private final Risk risk;
  private final GuardRules guards;
  private final Coverage coverage;
  private final Spending spending;

  public Accountant(Config config, Defaults defaults) {
    this(config, defaults, new Coverage(), PriceBook.load(config));
  }

  /**
   * As {@link #Accountant(Config, Defaults)}.
   *
   * @param coverage is told of every call
   */
  public Accountant(Config config, Defaults defaults, Coverage coverage, PriceBook prices) {
    this.defaults = defaults;
    this.coverage = coverage;
    this.prices = prices;
    this.spending = new Spending(prices);
    Estimate estimate = config.flag(Key.ESTIMATE) ? new Estimate() : null;
    this.consumption = new Consumption(estimate);
    this.risk = new Risk(prices, estimate);
    this.guards = new GuardRules(config, prices);
  }

  /**
   * The same as {@link #settle(Exchange)}, in some microseconds, where the provider has said all
   * that is needed; null when tokens would have to be counted, which takes a thread that may wait.
   */
  public @Nullable CostEvent settleAtOnce(Exchange exchange) {
    return Consumption.isSaid(exchange, exchange.transcript()) ? settle(exchange) : null;
  }

  /** The entry of an exchange that is over. Its samples of text are released. */
  public CostEvent settle(Exchange exchange) {
    try {
      Transcript said = exchange.transcript();
      Attempt attempt = exchange.attempt(said);
      PriceQuery query = query(exchange.route().dialect(), said, attempt);
      Usage usage = consumption.of(exchange, said, attempt);
      Cost cost = cost(said, query, usage, exchange.mayHaveBeenBilled());
      Long atRisk = risk.of(exchange, said, attempt, query, usage, cost);
      CostEvent event =
          entry(exchange.attribution(), attempt, said, query, usage, cost.atRisk(atRisk));
      spending.of(exchange, said, query, event);
      return event;
    } catch (Throwable fault) {
      lost(exchange);
      throw fault;
    } finally {
      exchange.release();
    }
  }

  /** An exchange that will not be settled: the ledger had no room for it. Any thread. */
  public static void lost(Exchange exchange) {
    Spending.lost(exchange);
  }

  /** The entry of one line of a batch job's results. */
  public CostEvent settle(BatchEntry entry) {
    Transcript said = entry.result().said();
    Attempt attempt = entry.attempt();
    PriceQuery query = query(entry.download().dialect(), said, attempt);
    Usage usage = consumption.reported(said);
    Cost cost = cost(said, query, usage, entry.mayHaveBeenBilled());
    CostEvent event = entry(entry.attribution(), attempt, said, query, usage, cost);
    spending.of(entry, said, query, event);
    return event;
  }

  private CostEvent entry(
      Attribution who,
      Attempt attempt,
      Transcript said,
      PriceQuery query,
      @Nullable Usage usage,
      Cost cost) {
    ResolvedAttribution attribution = defaults.resolve(who);
    report(attribution, attempt);
    coverage.call(attempt.callSite(), attribution.missing(), cost.picoUsd());
    return new CostEvent(
        attempt, attribution, usage, cost, said.anomaly(), guards.of(query, usage, cost));
  }

  private Cost cost(
      Transcript said, PriceQuery query, @Nullable Usage usage, boolean mayHaveBeenBilled) {
    Long charge = said.chargePicoUsd();
    if (charge != null) {
      return Cost.charged(charge);
    }
    if (usage == null) {
      if (!mayHaveBeenBilled || said.besides().free()) {
        return Cost.NOTHING;
      }
      return said.pending() ? Cost.PENDING : Cost.UNKNOWN;
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
