package io.costattr.core.budget;

import io.costattr.core.price.Ceiling;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceQuery;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The tariffs of the models that were called last. Thread-safe. */
final class Tariffs {
  private static final int SLOTS = 1_024;
  private static final long HOUR = 3_600;

  private static final Usage A_CALL =
      Usage.builder().set(Meter.INPUT, 1_000).set(Meter.OUTPUT, 1_000).build();
  private static final Usage A_TEXT = Usage.builder().set(Meter.INPUT, 1_000).build();

  private final PriceBook prices;
  private final AtomicReferenceArray<@Nullable Tariff> slots = new AtomicReferenceArray<>(SLOTS);

  Tariffs(PriceBook prices) {
    this.prices = prices;
  }

  PriceBook prices() {
    return prices;
  }

  /** Of a call, were it one of that model and tier. */
  Tariff of(Prospect call, String model, @Nullable String tier) {
    long hour = call.at().getEpochSecond() / HOUR;
    int hash = model.hashCode() * 31 + call.provider().hashCode() + Objects.hashCode(tier);
    int at = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    Tariff known = slots.get(at);
    if (known != null && known.isOf(call, model, tier, hour)) {
      return known;
    }
    Tariff found = find(call, model, tier, hour);
    slots.set(at, found);
    return found;
  }

  private Tariff find(Prospect call, String model, @Nullable String tier, long hour) {
    PriceQuery query = query(call, model, tier);
    Ceiling own = prices.ceiling(query);
    Ceiling ceiling = own;
    if (ceiling == null) {
      Usage usage = call.outputLimit() == 0 ? A_TEXT : A_CALL;
      ceiling = prices.highestCeiling(query, usage);
    }
    return new Tariff(
        call.provider(),
        model,
        tier,
        call.serverAddress(),
        call.openAiDialect(),
        hour,
        ceiling,
        own != null);
  }

  static PriceQuery query(Prospect call, String model, @Nullable String tier) {
    return new PriceQuery(
        call.provider(),
        call.openAiDialect(),
        null,
        model,
        null,
        tier,
        Instant.ofEpochSecond(call.at().getEpochSecond()),
        call.serverAddress());
  }
}
