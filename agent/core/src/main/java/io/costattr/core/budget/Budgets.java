package io.costattr.core.budget;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.core.price.PriceBook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asked before every attempt at a model, and told of every one that was billed.
 *
 * <p>For whoever sends requests:
 *
 * <pre>
 *   Budgets budgets = Budgets.running();
 *   if (budgets != null &amp;&amp; budgets.any()) {           // else nothing need be known of the request
 *     Decision decision = budgets.admit(prospect);        // on the thread that calls, before sending
 *     if (decision instanceof Blocked blocked) ...        // answer in the provider's place, send nothing
 *     if (decision instanceof Degraded degraded) ...      // change the request, go on with its reservation
 *     if (decision instanceof Reservation reservation) .. // go on
 *   }
 * </pre>
 *
 * The reservation is handed to {@code Exchanges.open}, and the exchange ends it: at the ledger, to
 * its cost. Whoever got one and opens no exchange releases it.
 *
 * <p>Thread-safe; never throws: a fault inside admits the call.
 */
public final class Budgets {
  private static final String THREAD = "costattr-budget";
  private static final long POST_NANOS = 250_000_000;
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long MINUTE_NANOS = 60 * SECOND_NANOS;

  /** What opening prices and store may take of a first call's time. */
  private static final long START_SECONDS = 2;

  /** A counter that nobody has asked for so long is the store's alone. */
  private static final int FORGET_SECONDS = 600;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private static volatile @Nullable Budgets running;

  private final Settings settings;
  private final InstantSource clock;
  private final Supplier<PriceBook> prices;
  private final Clearing clearing;
  private final Trial trial;
  private final OpenReservations open = new OpenReservations();
  private final Sites sites = new Sites();
  private final PolicyWatch watch;
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile Book book = Book.EMPTY;
  private volatile @Nullable Tariffs tariffs;
  private volatile @Nullable Thread thread;
  private volatile boolean closing;

  /**
   * How budgets are kept.
   *
   * @param policy the configuration file, whose {@code budgets:} are read; need not exist
   * @param patience how long a call may wait for a store on a network
   * @param expiry after which a reservation of which nobody has said anything is free again
   */
  public record Settings(Path policy, Duration patience, Duration expiry) {}

  /**
   * Budgets that nothing is read of yet.
   *
   * @param prices opens the price book; called on a thread of the agent's
   * @param notices takes what is to be said of budgets, on a thread of the agent's
   */
  public Budgets(
      Settings settings,
      BudgetStore store,
      Supplier<PriceBook> prices,
      InstantSource clock,
      Consumer<BudgetNotice> notices) {
    this.settings = settings;
    this.clock = clock;
    this.prices = prices;
    this.watch = new PolicyWatch(settings.policy());
    this.clearing =
        new Clearing(
            store,
            UUID.randomUUID().toString(),
            crossing -> notices.accept(notice(crossing)),
            this::wake);
    this.trial = new Trial(clearing);
  }

  /** The budgets of this JVM; null until the agent runs, and when it is switched off. */
  public static @Nullable Budgets running() {
    return running;
  }

  /** From now on these are the budgets of this JVM. */
  public static void run(@Nullable Budgets budgets) {
    running = budgets;
  }

  /**
   * Reads the policy where it has changed; the first time, where there is one. To be called now and
   * then, by one thread, which is relieved of it as soon as there are budgets. Those that stay keep
   * their counts.
   */
  public void poll() {
    Thread working = thread;
    if (working == null || working == Thread.currentThread()) {
      Policy changed = watch.poll();
      if (changed != null) {
        install(changed);
      }
    }
  }

  void install(Policy policy) {
    if (policy.budgets().isEmpty() && book.isEmpty()) {
      return;
    }
    book = book.with(policy, clearing, clock.millis());
    Log.info("budgets: " + policy.budgets().size() + " in force");
    if (thread == null) {
      Thread started = new AgentThread(THREAD, this::work);
      thread = started;
      started.start();
    }
  }

  /** The counters in force, in the order of the policy. */
  List<Counters> counters() {
    return book.all();
  }

  private void wake() {
    LockSupport.unpark(thread);
  }

  private void work() {
    tariffs = new Tariffs(prices.get());
    ready.countDown();
    long posted = System.nanoTime() - POST_NANOS;
    long looked = posted;
    long tidied = posted;
    while (!closing) {
      long now = System.nanoTime();
      boolean post = now - posted >= POST_NANOS;
      try {
        if (now - looked >= SECOND_NANOS) {
          looked = now;
          poll();
          open.expire(settings.expiry().toNanos(), now);
          clearing.refresh(book);
        }
        clearing.round(post);
        if (post) {
          posted = now;
          clearing.sayCrossings(clock.instant());
        }
        if (now - tidied >= MINUTE_NANOS) {
          tidied = now;
          book.all().forEach(counters -> counters.forget(clearing.second() - FORGET_SECONDS));
        }
      } catch (Throwable fault) {
        Log.fault("keeping the budgets", fault);
      }
      if (!clearing.isAsked() && !closing) {
        LockSupport.parkNanos(POST_NANOS);
      }
    }
    clearing.close(CLOSE_LIMIT);
  }

  /**
   * Posts what was settled, gives back what is leased. What comes later is not counted. Returns
   * after {@code limit} at the latest.
   */
  public void close(Duration limit) {
    closing = true;
    Thread working = thread;
    if (working == null) {
      return;
    }
    LockSupport.unpark(working);
    try {
      working.join(Math.max(1, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private BudgetNotice notice(Crossing crossing) {
    Counter counter = crossing.counter();
    Budget budget = counter.of.budget();
    Window.Span span = budget.window().at(crossing.slot());
    return new BudgetNotice(
        budget.name(),
        budget.each().isEmpty() ? null : counter.value,
        budget.unit(),
        budget.action(),
        crossing.percent(),
        crossing.limit(),
        crossing.spent(),
        Instant.ofEpochMilli(span.from()),
        Instant.ofEpochMilli(span.until()),
        clock.instant());
  }

  /** Whether there is any budget, so that it is worth knowing more of a request. */
  public boolean any() {
    return !book.isEmpty();
  }

  /** Whether calls are to say where they come from: what they may use is learned by that. */
  public boolean learns() {
    return book.estimates();
  }

  /**
   * Decides about a call and reserves what it may need, in every budget that it concerns or in
   * none. Of several that are used up the strictest acts: block, degrade, warn, observe. Waits only
   * where a store on a network must be asked, at most {@code costattr.budget.store.timeout} ms.
   * Without a matching budget: at most 50 ns and nothing allocated; within a lease: no more than
   * the reservation is allocated.
   */
  public Decision admit(Prospect call) {
    try {
      Book now = book;
      int concerned = now.count(call);
      return concerned == 0 ? Reservation.NONE : decide(call, now, concerned);
    } catch (Throwable fault) {
      Log.fault("asking the budgets", fault);
      return Reservation.NONE;
    }
  }

  private Decision decide(Prospect call, Book now, int concerned) {
    Tariffs prices = tariffs();
    if (prices == null) {
      return Reservation.NONE;
    }
    Site site = sites.of(call);
    Reservation reservation =
        new Reservation(open, concerned, new Estimate(), site, call.textBytes());
    reservation
        .estimate()
        .fill(call, call.model(), call.serviceTier(), call.outputLimit(), site, prices);
    long at = call.at().toEpochMilli();
    now.find(call, reservation.counters, at);
    Degraded.Change change = null;
    boolean down = clearing.isDown();
    Counter denied = null;
    long deadline = 0;
    while (true) {
      int verdict = trial.reserve(reservation, at, change != null, down, denied);
      if (verdict == Trial.RESERVED) {
        open.add(reservation, System.nanoTime());
        return change == null || change.isNothing() ? reservation : change.of(reservation);
      }
      if (verdict == Trial.GONE) {
        now.find(call, reservation.counters, at);
        continue;
      }
      Counter counter = reservation.counters[Trial.index(verdict)];
      switch (Trial.kind(verdict)) {
        case Trial.ASK -> {
          if (deadline == 0) {
            deadline = System.nanoTime() + settings.patience().toNanos();
          }
          Ask.Answer answer = ask(counter, reservation.estimate(), deadline);
          down = answer == Ask.Answer.DOWN;
          denied = answer == Ask.Answer.DENIED ? counter : null;
        }
        case Trial.DEGRADE -> {
          change = Degraded.Change.of(counter.of.budget(), call);
          reservation
              .estimate()
              .fill(
                  call,
                  change.model(call),
                  change.serviceTier(call),
                  change.outputLimit(call),
                  site,
                  prices);
        }
        default -> {
          return blocked(Trial.reason(verdict), counter, at, reservation.estimate());
        }
      }
    }
  }

  /** Of the first calls the agent may still be opening its books. */
  private @Nullable Tariffs tariffs() {
    if (tariffs == null) {
      try {
        if (!ready.await(START_SECONDS, TimeUnit.SECONDS)) {
          Log.warnOnce(
              "budgets:late",
              "the budgets were not ready after "
                  + START_SECONDS
                  + " s: calls before that are let in, and counted when they end");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return tariffs;
  }

  private Ask.Answer ask(Counter counter, Estimate estimate, long deadline) {
    Budget budget = counter.of.budget();
    long need = estimate.in(budget.unit());
    if (estimate.isGuessed(budget.unit())) {
      synchronized (counter) {
        need = Math.max(1, Math.min(need, counter.room(budget.limits().of(counter.value))));
      }
    }
    return clearing.ask(counter, need).await(deadline);
  }

  private Blocked blocked(Blocked.Reason reason, Counter counter, long at, Estimate estimate) {
    counter.of.rejected(reason);
    clearing.blocked(counter);
    Blocked blocked;
    synchronized (counter) {
      blocked = Blocked.of(reason, counter, counter.of.span(at), estimate);
    }
    Log.warnOnce(
        "blocked:" + counter.of.id() + counter.of.span(at).slot(),
        blocked.message() + " (said once for each budget and window)");
    return blocked;
  }

  /**
   * An attempt is over, or something else was billed.
   *
   * @param reservation what was reserved for it; {@link Reservation#NONE} when nothing was
   * @param call what it was, as it turned out to be; its time is when it began
   * @param spend what it used
   */
  public void settle(Reservation reservation, Prospect call, Spend spend) {
    try {
      reservation.settle(spend);
      Book now = book;
      int concerned = now.count(call);
      if (concerned > 0) {
        Counter[] counters = new Counter[concerned];
        now.find(call, counters, clock.millis());
        for (Counter counter : counters) {
          if (!reservation.holds(counter.of)) {
            spend(counter, call.at(), spend);
          }
        }
      }
    } catch (Throwable fault) {
      Log.fault("settling with the budgets", fault);
    }
  }

  private void spend(Counter counter, Instant at, Spend spend) {
    long now = clock.millis();
    Counters of = counter.of;
    synchronized (counter) {
      counter.roll(of.span(now));
      counter.used(clearing.second());
      long slot = of.window().at(at.toEpochMilli()).slot();
      counter.spend(slot, Charge.of(spend, of.budget(), 0));
    }
  }
}
