package io.costattr.stores;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.attribution.Sources;
import io.costattr.core.budget.BudgetNotice;
import io.costattr.core.budget.BudgetStore;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Decision;
import io.costattr.core.budget.Prospect;
import io.costattr.core.budget.Quota;
import io.costattr.core.budget.Reservation;
import io.costattr.core.budget.Spend;
import io.costattr.core.price.PriceBook;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A JVM of a fleet: budgets over a store. Also a program that spends until it is told to stop. */
final class Member implements AutoCloseable {
  /** What a call of {@link #call} may need: 1 token of input, 100 of output of gpt-5.5. */
  static final long NEED = 5_000_000L + 100 * 30_000_000L;

  private static final int WAIT_MS = 5_000;

  final List<BudgetNotice> notices = new CopyOnWriteArrayList<>();
  final Budgets budgets;
  private final InstantSource clock;

  Member(Path policy, BudgetStore store, InstantSource clock) {
    this.clock = clock;
    budgets =
        new Budgets(
            new Budgets.Settings(
                policy, Duration.ofMillis(WAIT_MS), Duration.ofMinutes(15), null, null),
            store,
            PriceBook::builtIn,
            clock,
            notices::add);
    budgets.poll();
  }

  static Link link(String store) {
    Address address = Address.of(store);
    return address != null
        ? new RedisLink(address, new Credentials(null, null, null), null)
        : new PostgresLink(store, new Credentials("postgres", null, null));
  }

  static NetworkStore store(String store, InstantSource clock, Duration lease) {
    return new NetworkStore("test", link(store), new Keys("fleet"), clock, lease);
  }

  private static ResolvedAttribution who(String customer) {
    return new ResolvedAttribution(
        "chat", "/chat", customer, "core", "production", Map.of(), Set.of(), Sources.NONE);
  }

  private Prospect call(String customer) {
    return new Prospect(
        who(customer),
        "openai",
        true,
        "api.openai.com",
        "chat",
        "gpt-5.5",
        null,
        2,
        0,
        100,
        null,
        "com.acme.Chat.ask:1",
        null,
        0,
        clock.instant());
  }

  Decision admit(String customer) {
    return budgets.admit(call(customer));
  }

  static Spend cost(long picoUsd) {
    return new Spend(picoUsd, null, 0, 1, 100, 1);
  }

  void spend(String customer, long picoUsd) {
    budgets.settle(Reservation.NONE, call(customer), cost(picoUsd));
  }

  /** What it knows to have been spent by the whole fleet, of the first budget. */
  long spent(String customer) {
    List<Quota> quotas = budgets.remaining(who(customer));
    return quotas.isEmpty() ? 0 : quotas.get(0).spent();
  }

  /**
   * Makes calls in many threads until each was blocked.
   *
   * @return what they cost
   */
  long spendUntilBlocked(int threads, long seed, AtomicLong calls) throws InterruptedException {
    AtomicLong spent = new AtomicLong();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Random random = new Random(seed * 1_000 + i);
      Thread thread =
          new Thread(
              () -> {
                while (admit("acme") instanceof Reservation reservation) {
                  long cost = 1 + (long) (random.nextDouble() * NEED);
                  spent.addAndGet(cost);
                  calls.incrementAndGet();
                  reservation.settle(cost(cost));
                }
              });
      running.add(thread);
      thread.start();
    }
    for (Thread thread : running) {
      thread.join();
    }
    return spent.get();
  }

  @Override
  public void close() {
    budgets.close(Duration.ofSeconds(10));
  }

  /** {@code POLICY STORE LEASE_MS THREADS}: prints what it has spent when all are blocked. */
  static final class UntilBlocked {
    private UntilBlocked() {}

    public static void main(String[] args) throws Exception {
      AtomicLong calls = new AtomicLong();
      InstantSource clock = InstantSource.system();
      NetworkStore store = store(args[1], clock, Duration.ofMillis(Long.parseLong(args[2])));
      Member member = new Member(Path.of(args[0]), store, clock);
      long spent =
          member.spendUntilBlocked(Integer.parseInt(args[3]), ProcessHandle.current().pid(), calls);
      member.close();
      System.out.println(spent + " " + calls);
    }
  }

  /** {@code POLICY STORE LEASE_MS ACKS}: reserves much, spends until it is killed. */
  static final class UntilKilled {
    private UntilKilled() {}

    public static void main(String[] args) throws Exception {
      InstantSource clock = InstantSource.system();
      NetworkStore shared = store(args[1], clock, Duration.ofMillis(Long.parseLong(args[2])));
      try (RandomAccessFile acks = new RandomAccessFile(args[3], "rw")) {
        Member member = new Member(Path.of(args[0]), new Acknowledging(shared, acks), clock);
        for (int i = 0; i < 7; i++) {
          member.admit("acme");
        }
        long settled = 0;
        while (true) {
          ((Reservation) member.admit("acme")).settle(cost(1));
          write(acks, 0, ++settled);
        }
      }
    }
  }

  private static void write(RandomAccessFile acks, long at, long value) throws IOException {
    synchronized (acks) {
      acks.seek(at);
      acks.writeLong(value);
    }
  }

  static long read(Path acks, long at) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(acks.toFile(), "r")) {
      in.seek(at);
      return in.readLong();
    }
  }

  /** Starts one of these programs. */
  static Process start(Class<?> program, @Nullable Path out, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (out != null) {
      builder.redirectOutput(Files.createFile(out).toFile());
    }
    return builder.start();
  }

  /** Writes down what was posted once the store has taken it. */
  private static final class Acknowledging implements BudgetStore {
    private final BudgetStore store;
    private final RandomAccessFile acks;
    private long posted;

    Acknowledging(BudgetStore store, RandomAccessFile acks) {
      this.store = store;
      this.acks = acks;
    }

    @Override
    public String name() {
      return store.name();
    }

    @Override
    public List<Grant> exchange(Batch batch) throws IOException {
      List<Grant> grants = store.exchange(batch);
      for (Line line : batch.lines()) {
        posted += line.spent();
      }
      if (!batch.lines().isEmpty()) {
        write(acks, 8, posted);
      }
      return grants;
    }

    @Override
    public boolean firstTime(String mark, Instant until) throws IOException {
      return store.firstTime(mark, until);
    }

    @Override
    public Map<String, Long> spent(String budget, long from) throws IOException {
      return store.spent(budget, from);
    }

    @Override
    public void forget(io.costattr.core.budget.Account account) throws IOException {
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
