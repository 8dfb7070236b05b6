package io.costattr.export.otel;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.dialect.Anomaly;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.Basis;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import io.costattr.export.AttributeNames;
import io.costattr.export.MetricNames;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.context.Context;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The metrics of calls: trends and alerts. For the ledger's one thread. */
final class CallMetrics {
  /** The conventions' boundaries, for {@code gen_ai.client.inference.duration}. */
  static final List<Double> SECONDS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

  private static final AttributeKey<String> TOKEN_TYPE = stringKey(AttributeNames.TOKEN_TYPE);
  private static final AttributeKey<String> DIMENSION = CoverageMetrics.DIMENSION;
  private static final List<String> DIMENSIONS =
      List.of("feature", "route", "customer_id", "team", "environment");
  private static final String OTHER_CUSTOMERS = "__other__";

  private final EventAttributes attributes;
  private final long maxCustomers;
  private final Set<String> customers = new HashSet<>();
  private final ZeroBornCounters.Counter cost;
  private final ZeroBornCounters.Counter costAtRisk;
  private final ZeroBornCounters.Counter tokens;
  private final ZeroBornCounters.Counter calls;
  private final ZeroBornCounters.Counter unpriced;
  private final ZeroBornCounters.Counter anomalous;
  private final ZeroBornCounters.Counter promptSizeWarnings;
  private final ZeroBornCounters.Counter unattributed;
  private final CoverageMetrics coverage;
  private final DoubleHistogram duration;
  private final DoubleHistogram firstChunk;

  /**
   * @param maxCustomers how many customers are told apart; 0 leaves them out
   */
  CallMetrics(
      io.opentelemetry.api.metrics.Meter meter,
      ZeroBornCounters counters,
      EventAttributes attributes,
      long maxCustomers) {
    this.attributes = attributes;
    this.maxCustomers = maxCustomers;
    cost = counters.ofDoubles(MetricNames.COST, "USD", "What calls cost.");
    costAtRisk =
        counters.ofDoubles(
            MetricNames.COST_AT_RISK, "USD", "What may have been billed beyond the cost.");
    tokens = counters.ofLongs(MetricNames.TOKENS, "{token}", "Tokens, each in one type only.");
    calls = counters.ofLongs(MetricNames.CALLS, "{call}", "Attempts, failed ones included.");
    unpriced =
        counters.ofLongs(MetricNames.UNPRICED_CALLS, "{call}", "Calls whose cost is not known.");
    anomalous =
        counters.ofLongs(
            MetricNames.ANOMALOUS_CALLS, "{call}", "Calls of which something said cannot be.");
    promptSizeWarnings =
        counters.ofLongs(
            MetricNames.PROMPT_SIZE_WARNINGS, "{call}", "Calls with a prompt beyond the limit.");
    unattributed =
        counters.ofLongs(MetricNames.UNATTRIBUTED_CALLS, "{call}", "Calls that lack a dimension.");
    coverage = new CoverageMetrics(counters);
    duration = seconds(meter, MetricNames.DURATION, "From the start of an attempt to its end.");
    firstChunk =
        seconds(
            meter,
            MetricNames.TIME_TO_FIRST_CHUNK,
            "From the start of a streamed attempt to its first byte.");
    unpriced.add(0, Attributes.empty(), Context.root());
    anomalous.add(0, Attributes.empty(), Context.root());
    promptSizeWarnings.add(0, Attributes.empty(), Context.root());
    for (String dimension : DIMENSIONS) {
      unattributed.add(0, Attributes.of(DIMENSION, dimension), Context.root());
    }
  }

  static DoubleHistogram seconds(
      io.opentelemetry.api.metrics.Meter meter, String name, String description) {
    return meter
        .histogramBuilder(name)
        .setUnit("s")
        .setDescription(description)
        .setExplicitBucketBoundariesAdvice(SECONDS)
        .build();
  }

  /**
   * Records an entry.
   *
   * @param context holds the entry's span, for exemplars
   */
  void record(CostEvent event, Context context) {
    Attempt attempt = event.attempt();
    Attributes dimensions = dimensions(event);
    Attributes outcome = withError(dimensions, attempt);
    calls.add(1, outcome, context);
    if (attempt.batch() == null) {
      duration.record(attempt.latencyNanos() / 1e9, outcome, context);
    }
    Long first = attempt.timeToFirstChunkNanos();
    if (first != null) {
      firstChunk.record(first / 1e9, dimensions, context);
    }
    cost(event, dimensions, context);
    Anomaly anomaly = event.anomaly();
    if (anomaly != null) {
      anomalous.add(
          1, dimensions.toBuilder().put(EventAttributes.ANOMALY, anomaly.id()).build(), context);
    }
    Usage usage = event.usage();
    if (usage != null) {
      for (Meter meter : Meter.values()) {
        if (meter.unit().equals("token") && usage.quantity(meter) > 0) {
          Attributes typed = dimensions.toBuilder().put(TOKEN_TYPE, meter.id()).build();
          tokens.add((double) usage.quantity(meter), typed, context);
        }
      }
    }
    if (event.guards().promptLimit() != null) {
      promptSizeWarnings.add(1, dimensions, context);
    }
    for (String dimension : event.attribution().missing()) {
      unattributed.add(1, Attributes.of(DIMENSION, dimension), context);
    }
    coverage.record(event, context);
  }

  private void cost(CostEvent event, Attributes dimensions, Context context) {
    Long pico = event.cost().picoUsd();
    if (pico != null) {
      cost.add(pico / 1e12, dimensions, context);
    }
    Long atRisk = event.cost().atRiskPicoUsd();
    if (atRisk != null) {
      costAtRisk.add(atRisk / 1e12, dimensions, context);
    }
    Basis basis = event.cost().basis();
    if (basis == Basis.UNPRICED || basis == Basis.UNKNOWN) {
      unpriced.add(
          1, dimensions.toBuilder().put(EventAttributes.COST_BASIS, basis.id()).build(), context);
    }
  }

  private Attributes dimensions(CostEvent event) {
    Attempt attempt = event.attempt();
    ResolvedAttribution who = event.attribution();
    AttributesBuilder to = Attributes.builder();
    to.put(EventAttributes.FEATURE, who.feature());
    to.put(EventAttributes.ROUTE, who.route());
    to.put(EventAttributes.TEAM, who.team());
    to.put(EventAttributes.OPERATION_NAME, EventAttributes.operation(attempt));
    to.put(EventAttributes.PROVIDER_NAME, attempt.provider());
    String environment = attributes.ownEnvironment(who);
    if (environment != null) {
      to.put(EventAttributes.ENVIRONMENT, environment);
    }
    if (attempt.requestModel() != null) {
      to.put(EventAttributes.REQUEST_MODEL, attempt.requestModel());
    }
    if (attempt.responseModel() != null) {
      to.put(EventAttributes.RESPONSE_MODEL, attempt.responseModel());
    }
    if (attempt.servedTier() != null) {
      to.put(EventAttributes.RESPONSE_TIER, attempt.servedTier());
    }
    if (maxCustomers > 0) {
      to.put(EventAttributes.CUSTOMER_ID, customer(who.customerId()));
    }
    return to.build();
  }

  private String customer(String id) {
    if (customers.contains(id)) {
      return id;
    }
    if (customers.size() < maxCustomers) {
      customers.add(id);
      return id;
    }
    return OTHER_CUSTOMERS;
  }

  static Attributes withError(Attributes attributes, Attempt attempt) {
    String error = EventAttributes.errorType(attempt);
    return error == null
        ? attributes
        : attributes.toBuilder().put(EventAttributes.ERROR_TYPE, error).build();
  }
}
