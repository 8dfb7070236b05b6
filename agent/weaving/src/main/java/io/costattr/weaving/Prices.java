package io.costattr.weaving;

import io.costattr.core.config.Config;
import io.costattr.core.price.PriceBook;
import org.jspecify.annotations.Nullable;

/**
 * The one price book, loaded by the thread that needs it first: the settlement's, or the budgets'.
 * Thread-safe.
 */
final class Prices {
  private final Config config;
  private @Nullable PriceBook book;

  Prices(Config config) {
    this.config = config;
  }

  /** The book; others wait for who loads it. */
  synchronized PriceBook book() {
    PriceBook known = book;
    if (known == null) {
      known = PriceBook.load(config);
      book = known;
    }
    return known;
  }
}
