package io.costattr.export.otel;

import io.costattr.core.ledger.CostEvent;
import io.costattr.export.MetricNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many days the prices in use still hold: one series for each model of which the price in a
 * tier ends, the first to end, negative once it has. A model whose prices have been renewed has
 * none any more. Thread-safe.
 */
final class PriceEnds {
  /** More than any program uses. */
  private static final int MAX_PRICES = 200;

  private static final long SECONDS_PER_DAY = 86_400;

  /** A model's price in a tier; a tier that does not end must not hide one that does. */
  private record Price(Attributes model, @Nullable String tier) {}

  private final Map<Price, Instant> ends = new ConcurrentHashMap<>();

  PriceEnds(Meter meter, Clock clock) {
    meter
        .gaugeBuilder(MetricNames.PRICE_EXPIRES_IN_DAYS)
        .ofLongs()
        .setUnit("d")
        .setDescription("Days for which the price of a model in use still holds.")
        .buildWithCallback(
            gauge -> {
              long now = clock.instant().getEpochSecond();
              Map<Attributes, Instant> first = new HashMap<>();
              ends.forEach(
                  (price, end) -> first.merge(price.model, end, (a, b) -> a.isBefore(b) ? a : b));
              first.forEach(
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
    Price price =
        new Price(
            Attributes.of(
                EventAttributes.PROVIDER_NAME,
                event.attempt().provider(),
                EventAttributes.RESPONSE_MODEL,
                name),
            event.attempt().servedTier());
    if (end == null) {
      ends.remove(price);
    } else if (ends.containsKey(price) || ends.size() < MAX_PRICES) {
      ends.put(price, end);
    }
  }
}
