package io.costattr.export.otel;

import io.costattr.core.ledger.CostEvent;
import io.costattr.export.MetricNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many days the prices in use still hold: one series for each model whose price ends, negative
 * once it has. A model whose price has been renewed has none any more. Thread-safe.
 */
final class PriceEnds {
  /** More models than any program calls. */
  private static final int MAX_MODELS = 200;

  private static final long SECONDS_PER_DAY = 86_400;

  private final Map<Attributes, Instant> ends = new ConcurrentHashMap<>();

  PriceEnds(Meter meter, Clock clock) {
    meter
        .gaugeBuilder(MetricNames.PRICE_EXPIRES_IN_DAYS)
        .ofLongs()
        .setUnit("d")
        .setDescription("Days for which the price of a model in use still holds.")
        .buildWithCallback(
            gauge -> {
              long now = clock.instant().getEpochSecond();
              ends.forEach(
                  (model, end) ->
                      gauge.record(
                          Math.floorDiv(end.getEpochSecond() - now, SECONDS_PER_DAY), model));
            });
  }

  void record(CostEvent event) {
    Instant end = event.cost().vouchedUntil();
    String name = event.model();
    if (name == null || event.cost().picoUsd() == null || (end == null && ends.isEmpty())) {
      return;
    }
    Attributes model =
        Attributes.of(
            EventAttributes.PROVIDER_NAME,
            event.attempt().provider(),
            EventAttributes.RESPONSE_MODEL,
            name);
    if (end == null) {
      ends.remove(model);
    } else if (ends.containsKey(model) || ends.size() < MAX_MODELS) {
      ends.put(model, end);
    }
  }
}
