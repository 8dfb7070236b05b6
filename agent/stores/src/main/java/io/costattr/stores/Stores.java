package io.costattr.stores;

import io.costattr.core.budget.Accounts;
import io.costattr.core.budget.BudgetStore;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The store on a network that a configuration names. */
public final class Stores {
  private static final String REDIS = "redis";
  private static final String POSTGRES = "postgres";
  private static final String JDBC = "jdbc:";

  private Stores() {}

  /**
   * Where it names one on a network; else null. Connects to nothing yet.
   *
   * @throws IOException when it names one that cannot be, with all there is to say
   */
  public static @Nullable BudgetStore open(Config config, InstantSource clock) throws IOException {
    String store = String.valueOf(config.text(Key.BUDGET_STORE));
    Link link = link(store, config);
    return link == null
        ? null
        : new NetworkStore(name(store), link, keys(config), clock, NetworkStore.LEASE);
  }

  /** As {@link #open}, for people. */
  public static @Nullable Accounts accounts(Config config, InstantSource clock)
      throws IOException {
    Link link = link(String.valueOf(config.text(Key.BUDGET_STORE)), config);
    return link == null ? null : new NetworkAccounts(link, keys(config), clock);
  }

  private static Keys keys(Config config) {
    return new Keys(String.valueOf(config.text(Key.BUDGET_STORE_PREFIX)));
  }

  private static String name(String store) {
    return store.startsWith(REDIS) ? REDIS : POSTGRES;
  }

  private static @Nullable Link link(String store, Config config) throws IOException {
    if (store.startsWith(REDIS)) {
      return redis(store, config);
    }
    return store.startsWith(JDBC)
        ? new PostgresLink(store, credentials(config, null, null))
        : null;
  }

  private static Link redis(String store, Config config) throws IOException {
    Address address = Address.of(store);
    if (address == null) {
      throw new IOException("is no address of a Redis; allowed is " + Address.ALLOWED);
    }
    Credentials credentials = credentials(config, address.user(), address.password());
    String authorities = config.text(Key.BUDGET_STORE_AUTHORITIES);
    Path trusted = authorities == null ? null : Path.of(authorities);
    return new RedisLink(
        address,
        credentials,
        builder -> {
          if (address.tls()) {
            builder
                .ssl(true)
                .sslSocketFactory(Tls.sockets(trusted))
                .sslParameters(Tls.parameters());
          }
        });
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
