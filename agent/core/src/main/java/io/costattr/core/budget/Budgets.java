package io.costattr.core.budget;

import io.costattr.core.Log;
import java.util.concurrent.TimeUnit;
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
  private static volatile @Nullable Budgets running;

  private final Clearing clearing;
  private final OpenReservations open = new OpenReservations();
  private final Sites sites = new Sites();
  private final Trial trial;
  private final long patienceNanos;
  private volatile Book book = Book.EMPTY;
  private volatile @Nullable Tariffs tariffs;

  Budgets(Clearing clearing, long patienceMillis) {
    this.clearing = clearing;
    this.trial = new Trial(clearing);
    this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
  }

  /** The budgets of this JVM; null until the agent runs, and when it is switched off. */
  public static @Nullable Budgets running() {
    return running;
  }

  /** From now on these are the budgets of this JVM. */
  public static void run(@Nullable Budgets budgets) {
    running = budgets;
  }

  /** Whether there is any budget, so that it is worth knowing more of a request. */
  public boolean any() {
    return !book.isEmpty();
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
    Tariffs prices = tariffs;
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
            deadline = System.nanoTime() + patienceNanos;
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
}
