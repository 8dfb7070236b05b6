package io.costattr.benchmarks;

import io.costattr.core.budget.Account;
import io.costattr.core.budget.BudgetStore;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Reservation;
import io.costattr.core.budget.Spend;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.price.PriceBook;
import io.costattr.stores.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One JVM of a fleet with budgets over a store: {@code POLICY THREADS CUSTOMERS PER_SECOND
 * SECONDS}. With 0 a second it makes calls until every thread was blocked, else so many for so
 * long, of which the last third is counted. Prints what it has spent, how many calls it made and
 * how many were blocked, how often it asked the store, and about how many accounts.
 */
final class FleetMember {
  /** A call of {@link Policies#call} may need as much; it costs up to as much. */
  private static final long MOST = 15_000_000_000L;

  private final Budgets budgets;
  private final int threads;
  private final int customers;
  private final AtomicLong spent = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong blocked = new AtomicLong();

  /** Calls, round trips and accounts before the time that counts. */
  private final long[] uncounted = new long[3];

  private FleetMember(Budgets budgets, int threads, int customers) {
    this.budgets = budgets;
    this.threads = threads;
    this.customers = customers;
  }

  public static void main(String[] args) throws Exception {
    Counting store =
        new Counting(
            Stores.of(
                ConfigReader.read(null, System.getProperties(), Map.of()), InstantSource.system()));
    Budgets budgets =
        new Budgets(
            new Budgets.Settings(
                Path.of(args[0]), Duration.ofSeconds(5), Duration.ofMinutes(15), null, null),
            store,
            PriceBook::builtIn,
            InstantSource.system(),
            notice -> {});
    budgets.poll();
    FleetMember member =
        new FleetMember(budgets, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    member.run(Integer.parseInt(args[3]), Integer.parseInt(args[4]), store);
    budgets.close(Duration.ofSeconds(10));
    System.out.printf(
        "%d %d %d %d %d%n",
        member.spent.get(),
        member.calls.get() - member.uncounted[0],
        member.blocked.get(),
        store.exchanges - member.uncounted[1],
        store.lines - member.uncounted[2]);
    System.exit(0);
  }

  private void run(int perSecond, int seconds, Counting store) throws InterruptedException {
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Random random = new Random(ProcessHandle.current().pid() * 1_000 + i);
      Thread thread =
          new Thread(
              perSecond == 0
                  ? () -> untilBlocked(random)
                  : () -> steadily(random, perSecond, seconds));
      running.add(thread);
      thread.start();
    }
    if (perSecond > 0) {
      Thread.sleep(seconds * 2_000L / 3);
      uncounted[0] = calls.get();
      uncounted[1] = store.exchanges;
      uncounted[2] = store.lines;
    }
    for (Thread thread : running) {
      thread.join();
    }
  }

  private void untilBlocked(Random random) {
    while (call(random)) {
      Thread.onSpinWait();
    }
  }

  private void steadily(Random random, int perSecond, int seconds) {
    long begin = System.nanoTime();
    long gap = 1_000_000_000L * threads / perSecond;
    for (long next = random.nextLong(gap); next < seconds * 1_000_000_000L; next += gap) {
      while (System.nanoTime() - begin < next) {
        LockSupport.parkNanos(next - (System.nanoTime() - begin));
      }
      call(random);
    }
  }

  private boolean call(Random random) {
    String customer = "customer-" + random.nextInt(customers);
    if (budgets.admit(Policies.call(customer, "production", Instant.now()))
        instanceof Reservation reservation) {
      long cost = 1 + (long) (random.nextDouble() * MOST);
      spent.addAndGet(cost);
      calls.incrementAndGet();
      reservation.settle(new Spend(cost, null, 0, 250, 500, 1));
      return true;
    }
    blocked.incrementAndGet();
    return false;
  }

  /** Counts what the store is asked. */
  private static final class Counting implements BudgetStore {
    private final BudgetStore store;
    private volatile long exchanges;
    private volatile long lines;

    Counting(BudgetStore store) {
      this.store = store;
    }

    @Override
    public String name() {
      return store.name();
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread asks the store.
    public List<Grant> exchange(Batch batch) throws IOException {
      exchanges++;
      lines += batch.lines().size();
      return store.exchange(batch);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread asks the store.
    public boolean firstTime(String mark, Instant until) throws IOException {
      exchanges++;
      return store.firstTime(mark, until);
    }

    @Override
    public Map<String, Long> spent(String budget, long from) throws IOException {
      return store.spent(budget, from);
    }

    @Override
    public void forget(Account account) throws IOException {
      store.forget(account);
    }

    @Override
    public Duration delay() {
      return store.delay();
    }

    @Override
    public void close(Duration limit) {
      store.close(limit);
    }
  }
}
