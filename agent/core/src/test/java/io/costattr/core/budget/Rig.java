package io.costattr.core.budget;

import io.costattr.core.budget.file.FileStore;
import io.costattr.core.price.PriceBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Budgets with a clock of their own, in memory unless another store is given. */
final class Rig implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration EXPIRY = Duration.ofMinutes(15);

  final MovableClock clock;
  final List<BudgetNotice> notices = new CopyOnWriteArrayList<>();
  final BudgetStore store;
  final Budgets budgets;

  Rig(String yaml) {
    this(yaml, null, PATIENCE, EXPIRY);
  }

  Rig(String yaml, BudgetStore store, MovableClock clock) {
    this(Policies.of(yaml), store, PATIENCE, EXPIRY, clock);
  }

  Rig(Policy policy, BudgetStore store, MovableClock clock) {
    this(policy, store, PATIENCE, EXPIRY, clock);
  }

  Rig(String yaml, @Nullable BudgetStore store, Duration patience, Duration expiry) {
    this(Policies.of(yaml), store, patience, expiry, new MovableClock("2026-11-23T10:00:00Z"));
  }

  private Rig(
      Policy policy,
      @Nullable BudgetStore store,
      Duration patience,
      Duration expiry,
      MovableClock clock) {
    this.clock = clock;
    this.store = store == null ? FileStore.inMemory(clock) : store;
    budgets =
        new Budgets(
            new Budgets.Settings(Path.of("no such file"), patience, expiry, null, null),
            this.store,
            PriceBook::builtIn,
            clock,
            notices::add);
    budgets.install(policy);
  }

  Decision admit(CallTo call) {
    return budgets.admit(call.at(clock.instant()).prospect());
  }

  /** What was reserved for a call that is let in as it is. */
  Reservation admitted(CallTo call) {
    Decision decision = admit(call);
    if (decision instanceof Reservation reservation) {
      return reservation;
    }
    throw new AssertionError(decision);
  }

  Blocked blocked(CallTo call) {
    Decision decision = admit(call);
    if (decision instanceof Blocked blocked) {
      return blocked;
    }
    throw new AssertionError(decision);
  }

  /** Nothing was reserved for it, and it cost so much. */
  void spend(CallTo call, long picoUsd) {
    budgets.settle(Reservation.NONE, call.at(clock.instant()).prospect(), cost(picoUsd));
  }

  static Spend cost(long picoUsd) {
    return new Spend(picoUsd, null, 0, 100, 100, 1);
  }

  long spent(String budget, String value) {
    Counter counter = counter(budget, value);
    synchronized (counter) {
      return counter.spent();
    }
  }

  long reserved(String budget, String value) {
    Counter counter = counter(budget, value);
    synchronized (counter) {
      return counter.reserved();
    }
  }

  /** Waits until the store has been told of everything. */
  void awaitPosted(String budget, String value) {
    await(
        () -> {
          Counter counter = counter(budget, value);
          synchronized (counter) {
            return counter.unposted() == 0 && !counter.isMarked() && isHeldByStore(counter);
          }
        });
  }

  /** What is posted may still be on its way; a store that cannot be asked by the way has it. */
  private boolean isHeldByStore(Counter counter) {
    BudgetStore.Grant grant = store.now(counter.of.account(counter.value, counter.slot()));
    return grant == null || grant.spent() >= counter.spent();
  }

  void awaitNotices(int count) {
    await(() -> notices.size() >= count);
  }

  void awaitSpent(String budget, String value, long amount) {
    await(() -> spent(budget, value) == amount);
  }

  void awaitReserved(String budget, String value, long amount) {
    await(() -> reserved(budget, value) == amount);
  }

  static void await(BooleanSupplier what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!what.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it does not happen");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Whether anything was counted there. */
  boolean knows(String budget, String value) {
    return budgets.counters().stream()
        .anyMatch(one -> one.budget().name().equals(budget) && one.find(value) != null);
  }

  private Counter counter(String budget, String value) {
    for (Counters counters : budgets.counters()) {
      if (counters.budget().name().equals(budget)) {
        Counter found = counters.find(value);
        if (found != null) {
          return found;
        }
      }
    }
    throw new AssertionError("no counter of " + budget + " for " + value);
  }

  @Override
  public void close() {
    budgets.close(Duration.ofSeconds(20));
  }
}
