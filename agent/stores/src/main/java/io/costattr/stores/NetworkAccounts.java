package io.costattr.stores;

import io.costattr.core.budget.Account;
import io.costattr.core.budget.Accounts;
import io.costattr.stores.Link.State;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The accounts on a server. */
final class NetworkAccounts implements Accounts {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final Link link;
  private final Keys keys;
  private final InstantSource clock;

  NetworkAccounts(Link link, Keys keys, InstantSource clock) {
    this.link = link;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public List<Held> all(Account like) throws IOException {
    return link.look(keys.all(like), like.from()).stream().map(NetworkAccounts::held).toList();
  }

  private static Held held(State state) {
    String name = state.name();
    return new Held(
        name == null ? Keys.value(state.key()) : name, state.spent(), state.leased());
  }

  @Override
  public Held at(Account account) throws IOException {
    List<State> states = link.look(keys.of(account), account.from());
    return states.isEmpty()
        ? new Held(account.value(), 0, 0)
        : new Held(account.value(), states.get(0).spent(), states.get(0).leased());
  }

  @Override
  public void set(Account account, long spent) throws IOException {
    long ttl = Math.max(0, account.until() - clock.millis()) + DAY;
    link.set(keys.of(account), account.slot(), Keys.name(account), spent, ttl);
  }

  @Override
  public void close() {
    link.close();
  }
}
