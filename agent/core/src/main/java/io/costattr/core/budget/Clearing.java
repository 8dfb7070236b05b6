package io.costattr.core.budget;

import io.costattr.core.Log;
import io.costattr.core.budget.BudgetStore.Batch;
import io.costattr.core.budget.BudgetStore.Grant;
import io.costattr.core.budget.BudgetStore.Line;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between counters and the store: collects what was settled, asks for leases, hears what others
 * spend. Threads of the application leave things here; {@link #round} and what it calls run on one
 * thread of the agent's.
 */
final class Clearing implements Counters.Observer {
  private static final int MOST_LINES = 1_000;
  private static final int MOST_CROSSINGS = 10_000;
  private static final long FIRST_BACKOFF_NANOS = 500_000_000;
  private static final long LAST_BACKOFF_NANOS = 8_000_000_000L;

  /** After so many seconds without a call a lease is given back. */
  private static final int IDLE_SECONDS = 60;

  /** How often, in seconds, it is looked for leases that are larger than they need to be. */
  private static final int SWEEP_SECONDS = 5;

  /** The part of a limit that a JVM may hold for the next call, as a power of two: 0.2 %. */
  private static final int KEPT = 9;

  private record Sent(Batch batch, List<@Nullable Counter> counters) {}

  private record Slot(Counter counter, long slot) {}

  private final BudgetStore store;
  private final String jvm;
  private final Consumer<Crossing> crossings;
  private final Runnable wake;
  private final long start = System.nanoTime();

  private final Queue<Counter> dirty = new ConcurrentLinkedQueue<>();
  private final Queue<Late> late = new ConcurrentLinkedQueue<>();
  private final Queue<Ask> asks = new ConcurrentLinkedQueue<>();
  private final Queue<Crossing> passed = new ConcurrentLinkedQueue<>();
  private final Queue<Counter> blocked = new ConcurrentLinkedQueue<>();
  private volatile boolean down;

  /** How long leases hold; the largest there is, where nobody shares. */
  private volatile long leaseNanos = Long.MAX_VALUE;

  // What follows is the one thread's.
  private long number;
  private @Nullable Sent failed;
  private long backoff = FIRST_BACKOFF_NANOS;
  private long nextTry;
  private long lastExchange = start;
  private int swept;
  private boolean closing;

  /**
   * @param jvm a name that no other JVM has
   * @param crossings takes what is to be said, the first time in the fleet
   * @param wake makes the one thread come to {@link #round} soon
   */
  Clearing(BudgetStore store, String jvm, Consumer<Crossing> crossings, Runnable wake) {
    this.store = store;
    this.jvm = jvm;
    this.crossings = crossings;
    this.wake = wake;
  }

  @Override
  public void dirty(Counter counter) {
    dirty.add(counter);
  }

  @Override
  public void late(Counter counter, long slot, long amount) {
    late.add(new Late(counter, slot, amount));
  }

  @Override
  public void passed(Counter counter, long slot, int percent) {
    long limit = counter.of.budget().limits().of(counter.value);
    passed.add(new Crossing(counter, slot, percent, counter.spent(), limit));
  }

  /** A call was blocked there, whose lock is held: what frees it is to be heard of soon. */
  void blocked(Counter counter) {
    if (counter.blocks()) {
      blocked.add(counter);
    }
  }

  /**
   * What the store knows without being asked, unless something is on its way to it; a counter's
   * lock is held.
   */
  void hear(Counter counter) {
    if (counter.isKnown() ? counter.of.window().rolls() : counter.spent() != counter.unposted()) {
      return;
    }
    Grant grant = store.now(counter.of.account(counter.value, counter.slot()));
    if (grant != null) {
      counter.heard(grant, end(System.nanoTime(), grant));
    }
  }

  BudgetStore store() {
    return store;
  }

  /** Whether the store does not answer at present. */
  boolean isDown() {
    return down;
  }

  /**
   * Whether others may have spent much since the store was heard of that one, whose lock is held.
   */
  boolean isOld(Counter counter) {
    return leaseNanos != Long.MAX_VALUE
        && counter.leaseEnd() != Counter.NEVER
        && second() - counter.leaseEnd() + leaseNanos / 1_000_000_000L > SWEEP_SECONDS;
  }

  /** Seconds since the start of this JVM. */
  int second() {
    return secondOf(System.nanoTime());
  }

  private int secondOf(long nanos) {
    return (int) ((nanos - start) / 1_000_000_000L);
  }

  /** Asks for a lease of so much more, for a thread that will wait. */
  Ask ask(Counter counter, long need) {
    Ask ask = new Ask(counter, need);
    asks.add(ask);
    wake.run();
    return ask;
  }

  /** Whether somebody waits for {@link #round}. */
  boolean isAsked() {
    return !asks.isEmpty();
  }

  // The one thread's.

  /** Lets the store begin: what it knows is read now, and not with the first call. */
  void open() {
    send(new Sent(new Batch(jvm, ++number, List.of()), List.of()), List.of());
  }

  /**
   * Exchanges with the store what there is to exchange.
   *
   * @param post whether what was settled is to be posted now; else only who waits is answered
   */
  void round(boolean post) {
    Sent before = failed;
    if (before != null && System.nanoTime() - nextTry < 0) {
      answerAll(Ask.Answer.DOWN);
      return;
    }
    if (before != null && !send(before, List.of())) {
      answerAll(Ask.Answer.DOWN);
      return;
    }
    boolean more = true;
    while (more) {
      List<Ask> asking = drain(asks);
      Sent next = batch(asking, post);
      boolean due = post && System.nanoTime() - lastExchange >= store.pulse().toNanos();
      if (next.batch.lines().isEmpty() && !due) {
        return;
      }
      if (!send(next, asking)) {
        answerAll(Ask.Answer.DOWN);
        return;
      }
      more = next.batch.lines().size() >= MOST_LINES;
    }
  }

  private Sent batch(List<Ask> asking, boolean post) {
    Map<Counter, Long> needs = new LinkedHashMap<>();
    for (Ask ask : asking) {
      needs.merge(ask.counter, ask.need, Clearing::sum);
    }
    List<Line> lines = new ArrayList<>();
    List<@Nullable Counter> counters = new ArrayList<>();
    if (post) {
      takeLate()
          .forEach(
              (slot, amount) -> {
                Counter counter = slot.counter;
                lines.add(
                    new Line(
                        counter.of.account(counter.value, slot.slot),
                        counter.of.budget().limits().of(counter.value),
                        amount,
                        Line.KEEP,
                        Line.KEEP));
                counters.add(null);
              });
      for (Counter counter = dirty.poll(); counter != null; counter = dirty.poll()) {
        needs.putIfAbsent(counter, 0L);
        if (needs.size() + lines.size() >= MOST_LINES) {
          break;
        }
      }
    }
    needs.forEach(
        (counter, need) -> {
          lines.add(line(counter, need));
          counters.add(counter);
        });
    return new Sent(new Batch(jvm, ++number, lines), counters);
  }

  private Map<Slot, Long> takeLate() {
    Map<Slot, Long> amounts = new HashMap<>();
    for (Late one = late.poll(); one != null; one = late.poll()) {
      amounts.merge(new Slot(one.counter(), one.slot()), one.amount(), Clearing::sum);
      if (amounts.size() >= MOST_LINES / 2) {
        break;
      }
    }
    return amounts;
  }

  private Line line(Counter counter, long asked) {
    Budget budget = counter.of.budget();
    long limit = budget.limits().of(counter.value);
    synchronized (counter) {
      counter.unmark();
      long slot = counter.slot();
      long spent = counter.takeUnposted();
      boolean idle = asked == 0 && second() - counter.lastUse() > IDLE_SECONDS;
      // Who blocks nothing needs no lease.
      long need = budget.action().holds() && !closing ? sum(counter.reserved(), asked) : 0;
      long want = need;
      if (!idle && !closing && !counter.isScarce() && budget.action().holds()) {
        // As much again as was used since the last time, some times over, or a little of the limit,
        // so that a customer's next call needs not ask; while nothing is used, no more than there
        // is.
        long used = sum(sum(asked, asked), sum(sum(spent, spent), sum(spent, spent)));
        long kept = limit >> KEPT;
        want = sum(need, Math.max(used, used > 0 ? kept : Math.min(counter.leased(), kept)));
      }
      counter.shrinkLease(want);
      return new Line(counter.of.account(counter.value, slot), limit, spent, need, want);
    }
  }

  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private boolean send(Sent sent, List<Ask> asking) {
    long before = System.nanoTime();
    try {
      List<Grant> grants = checked(store.exchange(sent.batch), sent.batch);
      lastExchange = before;
      take(sent, grants, before, asking);
      answered();
      return true;
    } catch (IOException | RuntimeException fault) {
      failed = sent;
      nextTry = System.nanoTime() + backoff;
      backoff = Math.min(2 * backoff, LAST_BACKOFF_NANOS);
      if (!down) {
        down = true;
        Log.warn(
            "the budget store "
                + store.name()
                + " does not answer ("
                + fault
                + "): calls are counted here and told it later; budgets that fail closed block");
      }
      asking.forEach(ask -> ask.answer(Ask.Answer.DOWN));
      return false;
    }
  }

  private void answered() {
    failed = null;
    backoff = FIRST_BACKOFF_NANOS;
    if (down) {
      down = false;
      Log.warn("the budget store " + store.name() + " answers again");
    }
  }

  private static List<Grant> checked(List<Grant> grants, Batch batch) throws IOException {
    if (grants.size() != batch.lines().size()) {
      throw new IOException(
          grants.size() + " answers to " + batch.lines().size() + " lines of a batch");
    }
    for (Grant grant : grants) {
      if (grant.spent() < 0 || grant.lease() < 0) {
        throw new IOException("an answer with a negative amount: " + grant);
      }
    }
    return grants;
  }

  private void take(Sent sent, List<Grant> grants, long before, List<Ask> asking) {
    Set<Counter> denied = new HashSet<>();
    Map<Counter, Long> waiting = new HashMap<>();
    for (Ask ask : asking) {
      waiting.merge(ask.counter, ask.need, Clearing::sum);
    }
    for (int i = 0; i < grants.size(); i++) {
      Counter counter = sent.counters.get(i);
      if (counter == null) {
        continue;
      }
      Grant grant = grants.get(i);
      leaseNanos = Math.min(leaseNanos, nanos(grant.leasedFor()));
      synchronized (counter) {
        Account account = sent.batch.lines().get(i).account();
        if (counter.slot() != account.slot()) {
          continue;
        }
        counter.granted(grant, unknown(counter, account), end(before, grant));
        if (counter.leased() < waiting.getOrDefault(counter, 0L)) {
          denied.add(counter);
        }
      }
    }
    asking.forEach(
        ask -> ask.answer(denied.contains(ask.counter) ? Ask.Answer.DENIED : Ask.Answer.GRANTED));
  }

  /** What was spent in other slots of a window that rolls, and is not posted yet. */
  private long unknown(Counter counter, Account account) {
    long unknown = 0;
    if (account.step() > 0) {
      for (Late one : late) {
        boolean counts = one.counter() == counter && one.slot() >= account.from();
        unknown += counts ? one.amount() : 0;
      }
    }
    return unknown;
  }

  /** In whole seconds, and rather too early. */
  int end(long before, Grant grant) {
    long nanos = nanos(grant.leasedFor());
    return nanos == Long.MAX_VALUE || nanos > Long.MAX_VALUE - before
        ? Counter.NEVER
        : secondOf(before + nanos);
  }

  private static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException forever) {
      return Long.MAX_VALUE;
    }
  }

  private void answerAll(Ask.Answer answer) {
    drain(asks).forEach(ask -> ask.answer(answer));
  }

  private static <T> List<T> drain(Queue<T> queue) {
    List<T> all = new ArrayList<>();
    for (T one = queue.poll(); one != null; one = queue.poll()) {
      all.add(one);
    }
    return all;
  }

  /**
   * Marks what is to be exchanged with the next round though nothing was settled there: where calls
   * were blocked, and leases that are used or that nobody needs.
   */
  void refresh(Book book) {
    for (Counter counter : drain(blocked)) {
      synchronized (counter) {
        counter.lookAgain();
        counter.of.dirty(counter);
      }
    }
    int second = second();
    if (leaseNanos == Long.MAX_VALUE || (second - swept < SWEEP_SECONDS && !closing)) {
      return;
    }
    swept = second;
    for (Counters counters : book.all()) {
      counters.forEach(
          counter -> {
            synchronized (counter) {
              if (counter.hoardsUnused(second)) {
                counter.of.dirty(counter);
              }
            }
          });
    }
  }

  /** Says which thresholds were passed, those that nobody in the fleet has said. */
  void sayCrossings(Instant now) {
    for (Crossing one = passed.peek(); one != null; one = passed.peek()) {
      try {
        Counters of = one.counter().of;
        Instant until =
            of.window().rolls()
                ? now.plus(of.window().length())
                : Instant.ofEpochMilli(of.window().at(one.slot()).until());
        if (until.isAfter(now) && store.firstTime(one.mark(), until)) {
          crossings.accept(one);
        }
        passed.poll();
      } catch (IOException | RuntimeException fault) {
        while (passed.size() > MOST_CROSSINGS) {
          passed.poll();
        }
        return;
      }
    }
  }

  /** Posts what there is, gives back what is leased, and lets the store go. */
  void close(Book book, Duration limit) {
    closing = true;
    refresh(book);
    round(true);
    store.close(limit);
  }
}
