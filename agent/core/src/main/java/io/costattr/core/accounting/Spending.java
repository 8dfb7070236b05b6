package io.costattr.core.accounting;

import io.costattr.core.batch.BatchEntry;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Prospect;
import io.costattr.core.budget.Reservation;
import io.costattr.core.budget.Spend;
import io.costattr.core.dialect.Dialect;
import io.costattr.core.dialect.Transcript;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.Basis;
import io.costattr.core.price.Cost;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceQuery;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Tells the budgets what an entry used. What was billed counts; what nobody knows to have been
 * billed, because the attempt was cut off before it was answered, does not, unless a budget says
 * so; of what was billed and nobody knows for how much, what had been reserved counts.
 */
final class Spending {
  /** Lines that are counted by the same JVM. */
  private static final int BLOCK = 1_000;

  private final PriceBook prices;

  Spending(PriceBook prices) {
    this.prices = prices;
  }

  /** An exchange has become that entry. */
  void of(Exchange exchange, Transcript said, PriceQuery query, CostEvent event) {
    Budgets budgets = Budgets.running();
    if (budgets == null || event.cost().basis() == Basis.PENDING) {
      // What was reserved stays so, until the answer has been asked for.
      return;
    }
    Reservation reservation = exchange.reservation();
    if (!exchange.mayHaveBeenBilled()) {
      reservation.release();
    } else if (!reservation.isNone() || budgets.any()) {
      budgets.settle(
          reservation,
          prospect(exchange.route().dialect(), said, event, exchange.request().text().bytesSeen()),
          spend(query, event));
    }
  }

  /**
   * A line of a batch job has become that entry. Another JVM, or this one in an earlier life, may
   * have read the same results: of a block of lines the first one counts.
   */
  void of(BatchEntry line, Transcript said, PriceQuery query, CostEvent event) {
    Budgets budgets = Budgets.running();
    if (budgets != null && budgets.any() && line.mayHaveBeenBilled()) {
      budgets.settleOnce(
          "batch/" + line.download().provider() + "/" + line.file() + "/" + line.line() / BLOCK,
          prospect(line.download().dialect(), said, event, 0),
          spend(query, event));
    }
  }

  /** An exchange has become no entry: it did not fit into the queue, or settling it failed. */
  static void lost(Exchange exchange) {
    if (exchange.mayHaveBeenBilled()) {
      exchange.reservation().settle(new Spend(null, null, 0, 0, 0, 1));
    } else {
      exchange.reservation().release();
    }
  }

  private Spend spend(PriceQuery query, CostEvent event) {
    Usage usage = event.usage();
    Cost cost = event.cost();
    Long pico = cost.picoUsd();
    if (pico == null && cost.basis() == Basis.UNKNOWN && !isComplete(event)) {
      pico = 0L;
    }
    Long highest =
        pico == null && usage != null && cost.basis() == Basis.UNPRICED
            ? prices.dearest(query, usage)
            : null;
    Long risk = cost.atRiskPicoUsd();
    return new Spend(
        pico,
        highest,
        risk == null ? 0 : risk,
        usage == null ? 0 : usage.inputTokens(),
        usage == null ? 0 : usage.outputTokens(),
        1);
  }

  private static boolean isComplete(CostEvent event) {
    return event.attempt().outcome() == Outcome.COMPLETED;
  }

  private static Prospect prospect(
      Dialect dialect, Transcript said, CostEvent event, long textBytes) {
    Attempt attempt = event.attempt();
    return new Prospect(
        event.attribution(),
        attempt.provider(),
        dialect.hasOpenAiModels(),
        attempt.serverAddress(),
        attempt.endpoint(),
        model(said),
        attempt.requestedTier(),
        textBytes,
        0,
        Prospect.UNLIMITED,
        null,
        attempt.callSite(),
        null,
        0,
        attempt.startedAt());
  }

  /** As it was asked for, since budgets are asked before anything is answered. */
  private static @Nullable String model(Transcript said) {
    if (said.deploymentModel() != null) {
      return said.deploymentModel();
    }
    return said.requestModel() != null ? said.requestModel() : said.responseModel();
  }
}
