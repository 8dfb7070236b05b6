package io.costattr.export.otel;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.costattr.core.ledger.CostEvent;
import io.costattr.export.AttributeNames;
import io.costattr.export.MetricNames;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where in the application calls are made that lack a dimension. For the ledger's one thread. */
final class CoverageMetrics {
  static final AttributeKey<String> DIMENSION = stringKey(AttributeNames.DIMENSION);
  private static final AttributeKey<String> CALL_SITE = stringKey(AttributeNames.CALL_SITE);
  private static final int MOST_SITES = 100;
  private static final String OTHER_SITES = "__other__";
  private static final String UNKNOWN_SITE = "(unknown)";

  private final Set<String> sites = new HashSet<>();
  private final ZeroBornCounters.Counter calls;
  private final ZeroBornCounters.Counter cost;

  CoverageMetrics(ZeroBornCounters counters) {
    calls =
        counters.ofLongs(
            MetricNames.COVERAGE_CALLS, "{call}", "Calls that lack a dimension, by call site.");
    cost =
        counters.ofDoubles(
            MetricNames.COVERAGE_COST, "USD", "What calls that lack a dimension cost.");
  }

  void record(CostEvent event, Context context) {
    if (event.attribution().missing().isEmpty()) {
      return;
    }
    String site = site(event.attempt().callSite());
    Long pico = event.cost().picoUsd();
    for (String dimension : event.attribution().missing()) {
      Attributes where = Attributes.of(DIMENSION, dimension, CALL_SITE, site);
      calls.add(1, where, context);
      if (pico != null) {
        cost.add(pico / 1e12, where, context);
      }
    }
  }

  private String site(@Nullable String site) {
    if (site == null) {
      return UNKNOWN_SITE;
    }
    if (sites.size() < MOST_SITES) {
      sites.add(site);
    }
    return sites.contains(site) ? site : OTHER_SITES;
  }
}
