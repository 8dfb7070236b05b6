package io.costattr.core.budget.store;

import io.costattr.core.budget.BudgetStore;
import io.costattr.core.budget.file.FileStore;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.nio.file.Path;
import java.time.InstantSource;

/** The stores of budgets there are. */
public final class Stores {
  private Stores() {}

  /** The store of a configuration, which is opened by its first exchange. */
  public static BudgetStore of(Config config, InstantSource clock) {
    return isShared(config)
        ? FileStore.at(Path.of(String.valueOf(config.text(Key.BUDGET_FILE))), clock)
        : FileStore.inMemory(clock);
  }

  /** Whether another program than the one that counts can see what is counted. */
  public static boolean isShared(Config config) {
    return !"memory".equals(config.text(Key.BUDGET_STORE));
  }
}
