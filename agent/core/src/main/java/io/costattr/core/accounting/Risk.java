package io.costattr.core.accounting;

import io.costattr.core.dialect.Endpoint;
import io.costattr.core.dialect.Transcript;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.price.Cost;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceQuery;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may have been billed of an attempt that ended before its answer did, beyond what is known:
 * what is counted of its input, and of its output as much as the request allows. Where it sets no
 * limit, as much as the longest answer of that model in this JVM had, and {@link #LEAST} tokens at
 * least. An upper estimate, not a bound. What counts tokens is for one thread.
 */
final class Risk {
  static final long LEAST = 4_096;
  private static final int MODELS = 256;

  private final PriceBook prices;
  private final @Nullable Estimate estimate;

  private final Map<String, Long> longest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MODELS;
        }
      };

  /**
   * @param estimate null when nothing is to be estimated
   */
  Risk(PriceBook prices, @Nullable Estimate estimate) {
    this.prices = prices;
    this.estimate = estimate;
  }

  /**
   * In pico-USD (1e-12 USD); null when nothing is at risk, or nothing tells how much. Every attempt
   * is to be shown: those that came to their end teach how long answers are.
   *
   * @param usage what is known to have been used, or null
   * @param cost what that costs
   */
  @Nullable Long of(
      Exchange exchange,
      Transcript said,
      Attempt attempt,
      PriceQuery query,
      @Nullable Usage usage,
      Cost cost) {
    if (attempt.outcome() == Outcome.COMPLETED) {
      learn(said);
      return null;
    }
    if (said.usage() != null
        || said.chargePicoUsd() != null
        || said.pending()
        || said.besides().free()
        || !exchange.mayHaveBeenBilled()) {
      return null;
    }
    Usage most = most(exchange, said, usage);
    Long all = most == null ? null : prices.price(query, most).picoUsd();
    Long known = cost.picoUsd();
    if (all == null || known == null) {
      return all;
    }
    return all > known ? Long.valueOf(all - known) : null;
  }

  private void learn(Transcript said) {
    String model = model(said);
    Usage usage = said.usage();
    if (model != null && usage != null) {
      synchronized (longest) {
        longest.merge(model, usage.outputTokens(), Math::max);
      }
    }
  }

  private @Nullable Usage most(Exchange exchange, Transcript said, @Nullable Usage usage) {
    Usage asked = said.besides().asked();
    if (asked != null || estimate == null) {
      return asked;
    }
    Usage known = usage;
    if (known == null && exchange.request().text().bytesSeen() > 0) {
      known = estimate.input(exchange);
    }
    if (known == null || exchange.route().endpoint() == Endpoint.EMBEDDINGS) {
      return known;
    }
    long output = Math.max(limit(said), known.quantity(Meter.OUTPUT));
    return known.toBuilder().set(Meter.OUTPUT, output).build();
  }

  private long limit(Transcript said) {
    Long limit = said.besides().outputLimit();
    if (limit != null && limit > 0) {
      return limit;
    }
    String model = model(said);
    Long seen = model == null ? null : longest(model);
    return Math.max(LEAST, seen == null ? 0 : seen);
  }

  private @Nullable Long longest(String model) {
    synchronized (longest) {
      return longest.get(model);
    }
  }

  private static @Nullable String model(Transcript said) {
    return said.responseModel() != null ? said.responseModel() : said.requestModel();
  }
}
