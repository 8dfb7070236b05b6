package io.costattr.core.ledger;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.dialect.Anomaly;
import io.costattr.core.price.Cost;
import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * One ledger entry: an attempt, who pays, what it consumed, what it cost. Immutable.
 *
 * @param attempt what was seen on the wire
 * @param attribution who pays
 * @param usage what it consumed; null when nothing is known or nothing was consumed
 * @param cost what it cost
 * @param anomaly the gravest thing that is wrong with what the provider said; null when nothing is
 * @param guards what it gives reason to look at
 * @param host what the application's own telemetry has of it
 */
public record CostEvent(
    Attempt attempt,
    ResolvedAttribution attribution,
    @Nullable Usage usage,
    Cost cost,
    @Nullable Anomaly anomaly,
    Guards guards,
    HostTelemetry host) {

  /** An entry of which the application's own telemetry has nothing. */
  public CostEvent(
      Attempt attempt,
      ResolvedAttribution attribution,
      @Nullable Usage usage,
      Cost cost,
      @Nullable Anomaly anomaly,
      Guards guards) {
    this(attempt, attribution, usage, cost, anomaly, guards, HostTelemetry.NONE);
  }

  /** An entry with nothing wrong in it. */
  public CostEvent(
      Attempt attempt, ResolvedAttribution attribution, @Nullable Usage usage, Cost cost) {
    this(attempt, attribution, usage, cost, null, Guards.NONE);
  }

  /** The same entry, of which the application's own telemetry has that. */
  public CostEvent in(HostTelemetry telemetry) {
    return new CostEvent(attempt, attribution, usage, cost, anomaly, guards, telemetry);
  }

  /** The model for display and grouping: the response's, else the request's, else null. */
  public @Nullable String model() {
    return attempt.responseModel() != null ? attempt.responseModel() : attempt.requestModel();
  }
}
