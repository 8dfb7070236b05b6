package io.costattr.weaving;

import io.costattr.core.Log;
import io.costattr.core.budget.Action;
import io.costattr.core.budget.Breaker;
import io.costattr.core.budget.BudgetNotice;
import io.costattr.core.budget.BudgetStore;
import io.costattr.core.budget.Budgets;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import io.costattr.core.exchange.Fingerprints;
import io.costattr.core.ledger.Ledger;
import io.costattr.core.price.PriceBook;
import io.costattr.stores.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets the budgets of this JVM up, as the configuration wants them. */
final class Budgeting {
  private Budgeting() {}

  /**
   * The budgets, in force from now on; where the configuration file has none, they wait for it.
   *
   * @param prices opens the price book
   * @param ledger takes what is to be said of budgets; null while it is not open
   */
  static Budgets start(
      Config config, Supplier<PriceBook> prices, Supplier<@Nullable Ledger> ledger) {
    String secret = config.text(Key.FINGERPRINT_SECRET);
    if (secret != null) {
      Fingerprints.key(secret);
    }
    Budgets budgets =
        new Budgets(
            settings(config),
            store(config),
            prices,
            InstantSource.system(),
            notice -> {
              say(notice);
              Ledger open = ledger.get();
              if (open != null) {
                open.notice(notice);
              }
            });
    budgets.poll();
    Budgets.run(budgets);
    return budgets;
  }

  private static BudgetStore store(Config config) {
    try {
      return Stores.of(config, InstantSource.system());
    } catch (IOException unusable) {
      Log.warn(
          Key.PREFIX
              + Key.BUDGET_STORE.id()
              + " "
              + unusable.getMessage()
              + "; budgets are kept in a file");
      return Stores.file(config, InstantSource.system());
    }
  }

  private static Budgets.Settings settings(Config config) {
    return new Budgets.Settings(
        Path.of(String.valueOf(config.text(Key.CONFIG))),
        Duration.ofMillis(config.number(Key.BUDGET_STORE_TIMEOUT)),
        Duration.ofSeconds(config.number(Key.BUDGET_RESERVATION_SECONDS)),
        "events".equals(config.text(Key.BUDGET_LOAD)) ? config.file(Key.EVENTS_FILE) : null,
        Breaker.of(config));
  }

  /** What is only observed is no reason to worry. */
  private static void say(BudgetNotice notice) {
    if (notice.action() == Action.OBSERVE) {
      Log.info(notice.message());
    } else {
      Log.warn(notice.message());
    }
  }
}
