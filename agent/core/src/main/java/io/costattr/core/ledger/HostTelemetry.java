package io.costattr.core.ledger;

import io.costattr.core.attribution.HostSpan;
import org.jspecify.annotations.Nullable;

/**
 * What the application's own telemetry has of an entry, so that the agent does not say it twice.
 *
 * @param span the application's span that has who pays and what it cost; null when none has
 * @param counts whether metrics of the GenAI conventions that are not the agent's count it
 */
public record HostTelemetry(@Nullable HostSpan span, boolean counts) {
  /** Nothing. */
  public static final HostTelemetry NONE = new HostTelemetry(null, false);
}
