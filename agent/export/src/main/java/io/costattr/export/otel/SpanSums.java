package io.costattr.export.otel;

import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.Cost;
import io.costattr.export.AttributeNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the attempts came to that are written to one span. Thread-safe. */
final class SpanSums {
  /** The attributes that are sums. */
  static final Set<String> NAMES =
      Set.of(
          AttributeNames.COST_AMOUNT,
          AttributeNames.COST_PICO_USD,
          AttributeNames.COST_CURRENCY,
          AttributeNames.COST_AT_RISK,
          AttributeNames.LONG_CONTEXT_SURCHARGE,
          AttributeNames.CACHE_SAVINGS,
          AttributeNames.CACHE_PREMIUM,
          AttributeNames.BUDGET_COST);

  private long attempts;

  /** In pico-USD, by the name of the attribute that says it in USD. */
  private Map<String, Long> amounts = Map.of();

  /**
   * Adds an entry, if it can be written.
   *
   * @param writes writes the sums with that entry in them
   */
  synchronized boolean add(CostEvent event, Predicate<Map<String, Object>> writes) {
    Map<String, Long> with = new LinkedHashMap<>(amounts);
    add(with, AttributeNames.COST_AMOUNT, event.cost().picoUsd());
    add(with, AttributeNames.COST_AT_RISK, event.cost().atRiskPicoUsd());
    add(with, AttributeNames.LONG_CONTEXT_SURCHARGE, event.guards().longContextSurcharge());
    add(with, AttributeNames.CACHE_SAVINGS, event.guards().cacheSavings());
    add(with, AttributeNames.CACHE_PREMIUM, event.guards().cachePremium());
    add(with, AttributeNames.BUDGET_COST, event.guards().budgetCost());
    if (!writes.test(attributes(with))) {
      return false;
    }
    attempts++;
    amounts = with;
    return true;
  }

  private static void add(Map<String, Long> to, String name, @Nullable Long pico) {
    if (pico != null) {
      to.merge(name, pico, Math::addExact);
    }
  }

  private Map<String, Object> attributes(Map<String, Long> sums) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(AttributeNames.ATTEMPTS, attempts + 1);
    sums.forEach((name, pico) -> all.put(name, Cost.usd(pico).doubleValue()));
    Long cost = sums.get(AttributeNames.COST_AMOUNT);
    if (cost != null) {
      all.put(AttributeNames.COST_PICO_USD, cost);
      all.put(AttributeNames.COST_CURRENCY, "USD");
    }
    return all;
  }
}
