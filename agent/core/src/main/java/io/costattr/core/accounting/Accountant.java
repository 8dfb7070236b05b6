package io.costattr.core.accounting;

import io.costattr.core.Log;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.batch.BatchEntry;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.dialect.Anomaly;
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

/** Settles exchanges. Used by one thread. */
public final class Accountant {
  private final Defaults defaults;
  private final PriceBook prices;
  private final @Nullable Estimate estimate;

  public Accountant(Config config, Defaults defaults) {
    this.defaults = defaults;
    this.prices = PriceBook.load(config);
    this.estimate = config.flag(Key.ESTIMATE) ? new Estimate() : null;
  }

  /** The entry of an exchange that is over. Its samples of text are released. */
  public CostEvent settle(Exchange exchange) {
    try {
      Transcript said = exchange.transcript();
      Attempt attempt = exchange.attempt(said);
      ResolvedAttribution attribution = defaults.resolve(exchange.attribution());
      report(attribution, attempt);
      Usage usage = said.usage();
      if (usage == null && said.chargePicoUsd() == null) {
        usage = estimated(exchange, said, attempt);
      }
      Cost cost =
          cost(
              exchange.route().dialect(),
              said,
              attempt,
              usage,
              mayHaveBeenBilled(exchange, attempt));
      return new CostEvent(attempt, attribution, usage, cost, said.anomaly());
    } finally {
      exchange.release();
    }
  }

  /** The entry of one line of a batch job's results. */
  public CostEvent settle(BatchEntry entry) {
    Transcript said = entry.result().said();
    Attempt attempt = entry.attempt();
    ResolvedAttribution attribution = defaults.resolve(entry.attribution());
    report(attribution, attempt);
    Cost cost =
        cost(entry.download().dialect(), said, attempt, said.usage(), entry.mayHaveBeenBilled());
    return new CostEvent(attempt, attribution, said.usage(), cost, said.anomaly());
  }

  private @Nullable Usage estimated(Exchange exchange, Transcript said, Attempt attempt) {
    return estimate != null
            && mayHaveBeenBilled(exchange, attempt)
            && canEstimate(exchange, said, attempt)
        ? estimate.usage(exchange, said.interim())
        : null;
  }

  private Cost cost(
      Dialect dialect,
      Transcript said,
      Attempt attempt,
      @Nullable Usage usage,
      boolean mayHaveBeenBilled) {
    Long charge = said.chargePicoUsd();
    if (charge != null) {
      return Cost.charged(charge);
    }
    if (usage == null) {
      return mayHaveBeenBilled ? Cost.UNKNOWN : Cost.NOTHING;
    }
    if (said.anomaly() == Anomaly.UNPRICEABLE_PART) {
      return Cost.unpriceable();
    }
    PriceQuery query = query(dialect, said, attempt);
    return said.usage() != null ? prices.price(query, usage) : prices.estimate(query, usage);
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
