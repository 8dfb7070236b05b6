package io.costattr.core.budget;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.price.PriceBook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
  private static final long ROUND_NANOS = 250_000_000;

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
  private final Admissions admissions;
  private final Quotas quotas;
  private final @Nullable Breaker breaker;
  private final OpenReservations open = new OpenReservations();
  private final Sites sites = new Sites();
  private final History history;
  private final Once once;
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
   * @param events the events file that has what was spent before there were budgets, or null
   * @param runaway when a call site is taken for one that runs away; null: never
   */
  public record Settings(
      Path policy,
      Duration patience,
      Duration expiry,
      @Nullable Path events,
      Breaker.@Nullable Settings runaway) {}

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
    this.once = new Once(store, clock);
    this.history = new History(settings.events(), store, clock, clearing::second);
    this.admissions = new Admissions(clearing, open, sites, settings.patience().toNanos());
    this.quotas = new Quotas(clearing, settings.patience().toNanos());
    Breaker.Settings runaway = settings.runaway();
    this.breaker = runaway == null ? null : new Breaker(runaway, open, sites);
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
    Book before = book;
    Book next = before.with(policy, clearing, clock.millis());
    book = next;
    List<Counters> fresh = new ArrayList<>(next.all());
    fresh.removeAll(before.all());
    history.begin(fresh);
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

  /** Whether the store knows that there are these budgets. */
  boolean isMarked() {
    return history.isMarked();
  }

  /** What is known of call sites that run away; null where none is watched. */
  public @Nullable Breaker runaways() {
    return breaker;
  }

  /** How all budgets stand; few rows, whatever the number of values. Looks at every counter. */
  public List<BudgetRow> standing() {
    return Standing.of(book.all(), clock.millis());
  }

  /** How many calls were blocked since the start of this JVM, by budget and reason. */
  public List<Rejections> rejections() {
    List<Rejections> all = new ArrayList<>();
    for (Counters counters : book.all()) {
      String name = counters.budget().name();
      for (Blocked.Reason reason : Blocked.Reason.values()) {
        long count = counters.rejections(reason);
        if (count > 0 || reason == Blocked.Reason.EXCEEDED) {
          all.add(new Rejections(name, reason, count));
        }
      }
    }
    if (breaker != null) {
      all.add(new Rejections(Breaker.NAME, Blocked.Reason.RUNAWAY, breaker.rejections()));
    }
    return all;
  }

  /**
   * How many calls were blocked.
   *
   * @param budget the budget's name
   */
  public record Rejections(String budget, Blocked.Reason reason, long count) {}

  /** The store's name, {@code file} for example. */
  public String store() {
    return clearing.store().name();
  }

  /** Whether the store answers; true while nobody has asked it. */
  public boolean isStoreUp() {
    return !clearing.isDown();
  }

  private void wake() {
    LockSupport.unpark(thread);
  }

  private void work() {
    tariffs = new Tariffs(prices.get());
    clearing.open();
    ready.countDown();
    long delay = clearing.store().delay().toNanos();
    long posted = System.nanoTime() - delay;
    long looked = posted;
    long tidied = posted;
    while (!closing) {
      long now = System.nanoTime();
      boolean post = now - posted >= delay;
      try {
        if (now - looked >= SECOND_NANOS) {
          looked = now;
          poll();
          open.expire(settings.expiry().toNanos(), now);
          clearing.refresh(book);
          history.round();
        }
        if (post) {
          once.round(told -> settle(Reservation.NONE, told.call(), told.spend()));
        }
        clearing.round(post);
        if (post) {
          posted = now;
          clearing.sayCrossings(clock.instant());
        }
        if (now - tidied >= MINUTE_NANOS) {
          tidied = now;
          history.renew(book.all());
          book.all().forEach(counters -> counters.forget(clearing.second() - FORGET_SECONDS));
        }
      } catch (Throwable fault) {
        Log.fault("keeping the budgets", fault);
      }
      if (!clearing.isAsked() && !closing) {
        LockSupport.parkNanos(ROUND_NANOS);
      }
    }
    history.close();
    once.round(told -> settle(Reservation.NONE, told.call(), told.spend()));
    clearing.close(book, CLOSE_LIMIT);
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
    return breaker != null || !book.isEmpty();
  }

  /** Whether calls are to say where they come from: what they may use is learned by that. */
  public boolean learns() {
    return breaker != null || book.estimates();
  }

  /** Whether a call is to say by which key of the provider's it is made. */
  public boolean asksForKeys() {
    return book.asksForKeys();
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
      Breaker watching = breaker;
      if (watching == null) {
        return concerned == 0 ? Reservation.NONE : decide(call, now, concerned, null);
      }
      Burn burn = watching.burn(call);
      Blocked tripped = burn == null ? null : watching.tripped(burn, call);
      if (tripped != null) {
        return tripped;
      }
      if (concerned == 0) {
        return burn == null ? Reservation.NONE : watching.watched(burn);
      }
      return decide(call, now, concerned, burn);
    } catch (Throwable fault) {
      Log.fault("asking the budgets", fault);
      return Reservation.NONE;
    }
  }

  private Decision decide(Prospect call, Book now, int concerned, @Nullable Burn burn) {
    Tariffs known = tariffs();
    return known == null ? Reservation.NONE : admissions.decide(call, now, concerned, known, burn);
  }

  /**
   * Of the first calls the agent may still be opening its books. Of a store that is not open by
   * then each asks by itself, as of one that does not answer.
   */
  private @Nullable Tariffs tariffs() {
    if (ready.getCount() > 0) {
      try {
        if (!ready.await(START_SECONDS, TimeUnit.SECONDS) && tariffs == null) {
          Log.warnOnce(
              "budgets:late",
              "the price book was not read after "
                  + START_SECONDS
                  + " s: calls before that are let in, and counted when they end");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return tariffs;
  }

  /**
   * How the budgets stand that a call of that payer's would concern, those with a limit. Waits for
   * the store where this JVM does not know, as long as {@link #admit} does. Reserves nothing.
   */
  public List<Quota> remaining(ResolvedAttribution who) {
    try {
      Book now = book;
      return now.isEmpty() || tariffs() == null
          ? List.of()
          : quotas.of(now.all(), Prospect.by(who, clock.instant()));
    } catch (Throwable fault) {
      Log.fault("looking at the budgets", fault);
      return List.of();
    }
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
      if (now.count(call) > 0) {
        now.forEach(
            call,
            (counters, value) -> {
              if (!reservation.holds(counters)) {
                counters.spend(
                    value,
                    call.at().toEpochMilli(),
                    Charge.of(spend, counters.budget(), 0),
                    clock.millis(),
                    clearing.second());
              }
            });
      }
    } catch (Throwable fault) {
      Log.fault("settling with the budgets", fault);
    }
  }

  /**
   * As {@link #settle}, of something that was never reserved, and that other JVMs or an earlier
   * life of this one may have told of: it counts for the first who does.
   *
   * @param mark by which it is known, alone or together with others
   */
  public void settleOnce(String mark, Prospect call, Spend spend) {
    if (!book.isEmpty()) {
      once.add(new Once.Told(mark, call, spend));
    }
  }
}
