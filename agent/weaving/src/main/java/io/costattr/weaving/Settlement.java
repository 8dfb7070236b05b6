package io.costattr.weaving;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.core.accounting.Accountant;
import io.costattr.core.accounting.Coverage;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.attribution.HostCall;
import io.costattr.core.batch.BatchEntry;
import io.costattr.core.config.Config;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.Ledger;
import io.costattr.core.price.PriceBook;
import io.costattr.export.otel.SpanEnrichment;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How exchanges that are over become entries. That is the ledger's thread's work; but where a span
 * of the application's telemetry waits for the cost, which it does no longer than until the
 * application has its answer, it is done at once, on the thread that has read the answer's end. See
 * docs/decisions/020.
 *
 * <pre>
 *                       no span waits
 *   end of exchange ───────────────────────────► ledger's thread: settle ──► sinks
 *          │ a span waits, usage was reported          ▲        │ a span still waits
 *          └──────► settle, write to the span ─────────┘        └─► write to the span
 * </pre>
 */
final class Settlement {
  /**
   * How long, in milliseconds and once, the answer to a call may be held up for the price book: it
   * is being opened since that call began, which no real provider is faster than.
   */
  private static final long PATIENCE = 100;

  private record Desk(Accountant accountant, SpanEnrichment enrichment) {}

  private final Ledger ledger;
  private final boolean enriches;
  private final FutureTask<Desk> opening;
  private volatile boolean patient = true;

  Settlement(
      Config config,
      Defaults defaults,
      Coverage coverage,
      Ledger ledger,
      Supplier<PriceBook> prices) {
    this.ledger = ledger;
    this.enriches = SpanEnrichment.isOn(config);
    this.opening =
        new FutureTask<>(
            () ->
                new Desk(
                    new Accountant(config, defaults, coverage, prices.get()),
                    new SpanEnrichment(config)));
    if (enriches) {
      ContextSources.atFirstCall(() -> new AgentThread("costattr-prices", opening).start());
    }
  }

  /** Takes an exchange that is over, on the thread that ended it. Never throws. */
  void take(Exchange exchange) {
    HostCall call = exchange.hostCall();
    CostEvent event = call == null || !enriches ? null : atOnce(exchange, call);
    if (event != null) {
      ledger.offer(() -> event);
    } else if (!ledger.offer(() -> settle(exchange, call))) {
      Accountant.lost(exchange);
      exchange.release();
    }
  }

  /** Takes a line of a batch job's results. */
  void take(BatchEntry line) {
    ledger.offer(() -> desk().accountant().settle(line));
  }

  private @Nullable CostEvent atOnce(Exchange exchange, HostCall call) {
    try {
      if (call.identity() == null) {
        return null;
      }
      Desk desk = deskSoon();
      CostEvent event = desk == null ? null : desk.accountant().settleAtOnce(exchange);
      return desk == null || event == null ? null : desk.enrichment().enrich(event, call);
    } catch (Throwable fault) {
      Log.fault("settling at once", fault);
      return null;
    }
  }

  private CostEvent settle(Exchange exchange, @Nullable HostCall call)
      throws InterruptedException, ExecutionException {
    Desk desk = desk();
    CostEvent event = desk.accountant().settle(exchange);
    return call == null ? event : desk.enrichment().enrich(event, call);
  }

  private Desk desk() throws InterruptedException, ExecutionException {
    opening.run();
    return opening.get();
  }

  private @Nullable Desk deskSoon() throws ExecutionException {
    if (!opening.isDone() && !patient) {
      return null;
    }
    try {
      return opening.get(PATIENCE, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      patient = false;
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
