package io.costattr.export.otel;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.costattr.core.Log;
import io.costattr.core.attribution.HostSpan;
import io.costattr.core.budget.Action;
import io.costattr.core.budget.BudgetNotice;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.LedgerStats;
import io.costattr.core.ledger.Sink;
import io.costattr.export.EventNames;
import io.costattr.export.SpanIds;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Sends entries over OTLP: a span, a log event and measurements for each. {@link #accept} only
 * records; queues and threads of its own send. While the collector keeps taking, a burst is left in
 * the ledger's queue for a moment; a collector that does not take never holds up the ledger.
 */
public final class OtlpSink implements Sink {
  private static final String SCOPE = "costattr";

  private final OtelSettings settings;
  private final Telemetry telemetry;
  private final Tracer tracer;
  private final Logger logger;
  private final EventAttributes attributes;
  private final ZeroBornCounters counters;
  private final CallMetrics metrics;
  private final PriceEnds priceEnds;
  private final ConventionalMetrics conventional;
  private final LongAdder unrecorded = new LongAdder();

  private OtlpSink(OtelSettings settings, Telemetry telemetry, Supplier<LedgerStats> stats) {
    this.settings = settings;
    this.telemetry = telemetry;
    tracer = telemetry.sdk().getTracer(SCOPE);
    logger = telemetry.sdk().getLogsBridge().get(SCOPE);
    attributes =
        new EventAttributes(
            settings.conventionalCost(),
            telemetry.resource().getAttribute(stringKey("deployment.environment.name")));
    Meter meter = telemetry.sdk().getMeter(SCOPE);
    counters = new ZeroBornCounters(meter);
    metrics = new CallMetrics(meter, counters, attributes, settings.customers());
    priceEnds = new PriceEnds(meter, Clock.systemUTC());
    conventional =
        settings.latestConventions()
            ? new LatestConventions(meter)
            : new DeployedConventions(meter);
    AgentMetrics.create(meter, stats, telemetry, counters::collecting);
    BudgetMetrics.create(meter);
  }

  /**
   * Builds the SDK, which takes some hundred milliseconds.
   *
   * @param stats the ledger watching itself
   */
  public static OtlpSink open(OtelSettings settings, Supplier<LedgerStats> stats) {
    long patient = settings.queueSize() / 4 * 3;
    Telemetry telemetry = Telemetry.open(settings, () -> stats.get().queued() < patient);
    return new OtlpSink(settings, telemetry, stats);
  }

  @Override
  public String name() {
    return "otlp";
  }

  /**
   * Events that neither reached the collector nor are kept on disk; spans, and events that were
   * dropped from the disk, are counted in the agent's metrics.
   */
  @Override
  public long lost() {
    return unrecorded.sum() + telemetry.lostEvents();
  }

  @Override
  public void accept(List<CostEvent> events) {
    for (CostEvent event : events) {
      try {
        record(event);
      } catch (RuntimeException fault) {
        unrecorded.increment();
        Log.fault("recording an entry for OpenTelemetry", fault);
      }
    }
  }

  private void record(CostEvent event) {
    Attributes all = attributes.of(event);
    Context context = parent(event);
    // A line of a batch job was no call of this program's: it has no span and no duration here.
    boolean call = event.attempt().batch() == null;
    if (call && settings.traces() && event.host().span() == null) {
      context = context.with(span(event, all, context));
    }
    if (settings.logs()) {
      logger
          .logRecordBuilder()
          .setEventName(EventNames.CALL)
          .setTimestamp(event.attempt().startedAt())
          .setSeverity(Severity.INFO)
          .setContext(context)
          .setAllAttributes(all)
          .emit();
      warnOfPromptSize(event, context);
    }
    if (settings.metrics()) {
      metrics.record(event, context);
      priceEnds.record(event);
      if (call && settings.conventionalMetrics(event.host().counts())) {
        conventional.record(event, context);
      }
    }
  }

  private void warnOfPromptSize(CostEvent event, Context context) {
    Long limit = event.guards().promptLimit();
    if (limit != null) {
      logger
          .logRecordBuilder()
          .setEventName(EventNames.PROMPT_SIZE_WARNING)
          .setTimestamp(event.attempt().startedAt())
          .setSeverity(Severity.WARN)
          .setContext(context)
          .setAllAttributes(attributes.ofPromptSize(event, limit))
          .emit();
    }
  }

  @Override
  public void notice(BudgetNotice notice) {
    if (settings.logs()) {
      logger
          .logRecordBuilder()
          .setEventName(EventNames.BUDGET_THRESHOLD)
          .setTimestamp(notice.at())
          .setSeverity(notice.action() == Action.OBSERVE ? Severity.INFO : Severity.WARN)
          .setContext(Context.root())
          .setAllAttributes(BudgetMetrics.of(notice))
          .emit();
    }
  }

  /** With the span of the application's that has the entry, else with the one it was made in. */
  private static Context parent(CostEvent event) {
    HostSpan host = event.host().span();
    if (host == null) {
      host = SpanIds.host(event);
    }
    if (host == null) {
      return Context.root();
    }
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    host.traceId(),
                    host.spanId(),
                    TraceFlags.fromByte(host.flags()),
                    TraceState.getDefault())));
  }

  private Span span(CostEvent event, Attributes all, Context parent) {
    Attempt attempt = event.attempt();
    SpanIds ids = SpanIds.of(event, true);
    if (ids != null) {
      telemetry.ids().next(ids);
    }
    String operation = EventAttributes.operation(attempt);
    String model = attempt.requestModel();
    long start = ChronoUnit.NANOS.between(Instant.EPOCH, attempt.startedAt());
    Span span =
        tracer
            .spanBuilder(model == null ? operation : operation + " " + model)
            .setSpanKind(SpanKind.CLIENT)
            .setParent(parent)
            .setStartTimestamp(start, TimeUnit.NANOSECONDS)
            .setAllAttributes(all)
            .startSpan();
    if (EventAttributes.errorType(attempt) != null) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(start + attempt.latencyNanos(), TimeUnit.NANOSECONDS);
    return span;
  }

  @Override
  public void flush() {
    // Every queue sends by itself, at most a second after an entry came.
  }

  @Override
  public void close(Duration limit) {
    counters.ending();
    telemetry.close(limit);
  }
}
