package io.costattr.core.budget;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The smallest store that leases: what a store on a network must do, without a network. Each JVM
 * that shares it has a {@link Connection} of its own.
 */
final class SharedStore {
  private static final long LEASE_NANOS = Duration.ofSeconds(30).toNanos();

  private static final class Lease {
    long amount;
    long end;
  }

  private static final class Shared {
    long spent;
    final Map<String, Lease> leases = new HashMap<>();

    long others(String jvm, long now) {
      leases.values().removeIf(lease -> lease.end <= now);
      long others = 0;
      for (Map.Entry<String, Lease> lease : leases.entrySet()) {
        others += lease.getKey().equals(jvm) ? 0 : lease.getValue().amount;
      }
      return others;
    }
  }

  private final Map<Account, Shared> accounts = new HashMap<>();
  private final Map<String, Long> taken = new HashMap<>();
  private final Set<String> marks = new HashSet<>();
  final AtomicLong exchanges = new AtomicLong();

  Connection connect() {
    return new Connection();
  }

  synchronized long spent() {
    return accounts.values().stream().mapToLong(shared -> shared.spent).sum();
  }

  /** Time goes on for leases alone. */
  synchronized void expireLeases() {
    accounts.values().forEach(shared -> shared.leases.clear());
  }

  /** One JVM's way to the store. */
  final class Connection implements BudgetStore {
    /** Nothing arrives. */
    volatile boolean cut;

    /** Everything arrives, and no answer comes back. */
    volatile boolean deaf;

    @Override
    public String name() {
      return "shared";
    }

    @Override
    public List<Grant> exchange(Batch batch) throws IOException {
      exchanges.incrementAndGet();
      if (cut) {
        throw new IOException("the line is cut");
      }
      List<Grant> grants = take(batch);
      if (deaf) {
        throw new IOException("the answer is lost");
      }
      return grants;
    }

    private List<Grant> take(Batch batch) {
      synchronized (SharedStore.this) {
        boolean isNew = batch.number() > taken.getOrDefault(batch.jvm(), 0L);
        taken.put(batch.jvm(), batch.number());
        List<Grant> grants = new ArrayList<>();
        for (Line line : batch.lines()) {
          grants.add(take(batch.jvm(), line, isNew));
        }
        return grants;
      }
    }

    private Grant take(String jvm, Line line, boolean isNew) {
      Shared shared = accounts.computeIfAbsent(line.account(), unused -> new Shared());
      long now = System.nanoTime();
      long others = shared.others(jvm, now);
      Lease own = shared.leases.computeIfAbsent(jvm, unused -> new Lease());
      if (isNew) {
        shared.spent += line.spent();
        own.amount = Math.max(0, own.amount - line.spent());
      }
      long left = line.limit() - shared.spent - others;
      boolean scarce = left < line.limit() / 10;
      if (line.want() != Line.KEEP) {
        // What is needed; and while there is plenty, up to an eighth of what is left beside it.
        long most = scarce ? line.need() : Math.min(line.want(), line.need() + left / 8);
        own.amount = Math.max(Math.min(own.amount, line.want()), Math.min(most, Math.max(0, left)));
        own.end = now + LEASE_NANOS;
      }
      return new Grant(shared.spent, own.amount, Duration.ofNanos(LEASE_NANOS), scarce);
    }

    @Override
    public boolean firstTime(String mark, Instant until) throws IOException {
      if (cut) {
        throw new IOException("the line is cut");
      }
      synchronized (SharedStore.this) {
        return marks.add(mark);
      }
    }

    @Override
    public Map<String, Long> spent(String budget, long from) {
      synchronized (SharedStore.this) {
        Map<String, Long> spent = new HashMap<>();
        accounts.forEach(
            (account, shared) -> {
              if (account.budget().equals(budget) && account.slot() >= from) {
                spent.merge(account.value(), shared.spent, Long::sum);
              }
            });
        return spent;
      }
    }

    @Override
    public void forget(Account account) {
      synchronized (SharedStore.this) {
        Shared shared = accounts.get(account);
        if (shared != null) {
          shared.spent = 0;
        }
      }
    }

    @Override
    public void close(Duration limit) {}
  }
}
