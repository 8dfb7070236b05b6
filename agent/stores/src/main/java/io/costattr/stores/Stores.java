package io.costattr.stores;

import io.costattr.core.budget.BudgetStore;
import io.costattr.core.budget.file.FileStore;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The stores of budgets there are. */
public final class Stores {
  private static final String REDIS = "redis";
  private static final String POSTGRES = "postgres";
  private static final String JDBC = "jdbc:";
  private static final String MEMORY = "memory";

  private Stores() {}

  /**
   * The store of a configuration, which is opened by its first exchange.
   *
   * @throws IOException when what it names cannot be one; says why
   */
  public static BudgetStore of(Config config, InstantSource clock) throws IOException {
    String store = String.valueOf(config.text(Key.BUDGET_STORE));
    if (store.startsWith(REDIS)) {
      return shared(REDIS, redis(store, config), config, clock);
    }
    if (store.startsWith(JDBC)) {
      Link link = new PostgresLink(store, credentials(config, null, null));
      return shared(POSTGRES, link, config, clock);
    }
    return store.equals(MEMORY) ? FileStore.inMemory(clock) : file(config, clock);
  }

  /** The store in the file of a configuration, whatever that says of stores. */
  public static BudgetStore file(Config config, InstantSource clock) {
    return FileStore.at(Path.of(String.valueOf(config.text(Key.BUDGET_FILE))), clock);
  }

  /** Whether only the program that counts can see what is counted. */
  public static boolean isPrivate(Config config) {
    return MEMORY.equals(config.text(Key.BUDGET_STORE));
  }

  /** Whether it is in a file. */
  public static boolean isFile(Config config) {
    return "file".equals(config.text(Key.BUDGET_STORE));
  }

  private static BudgetStore shared(String name, Link link, Config config, InstantSource clock) {
    return new NetworkStore(name, link, keys(config), clock, NetworkStore.LEASE);
  }

  private static Keys keys(Config config) {
    return new Keys(String.valueOf(config.text(Key.BUDGET_STORE_PREFIX)));
  }

  private static Link redis(String store, Config config) throws IOException {
    Address address = Address.of(store);
    if (address == null) {
      throw new IOException("is no address of a Redis; allowed is " + Address.ALLOWED);
    }
    Credentials credentials = credentials(config, address.user(), address.password());
    String authorities = config.text(Key.BUDGET_STORE_AUTHORITIES);
    Path trusted = authorities == null ? null : Path.of(authorities);
    return new RedisLink(address, credentials, trusted);
  }

  private static Credentials credentials(
      Config config, @Nullable String user, @Nullable String password) {
    String named = config.text(Key.BUDGET_STORE_USER);
    String given = config.text(Key.BUDGET_STORE_PASSWORD);
    String file = config.text(Key.BUDGET_STORE_PASSWORD_FILE);
    return new Credentials(
        named != null ? named : user,
        given != null ? given : password,
        file == null ? null : Path.of(file));
  }
}
