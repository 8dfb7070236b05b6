package io.costattr.core.budget;

import io.costattr.core.Log;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Decides about calls that concern budgets. Thread-safe. */
final class Admissions {
  /** How long to wait before a store that has no lease left is asked again. */
  private static final long AGAIN_NANOS = 20_000_000;

  private final Clearing clearing;
  private final Trial trial;
  private final OpenReservations open;
  private final Sites sites;
  private final long patienceNanos;

  Admissions(Clearing clearing, OpenReservations open, Sites sites, long patienceNanos) {
    this.clearing = clearing;
    this.trial = new Trial(clearing);
    this.open = open;
    this.sites = sites;
    this.patienceNanos = patienceNanos;
  }

  /**
   * What becomes of a call.
   *
   * @param concerned how many budgets of the book it concerns
   * @param burn what is counted of it besides, or null
   */
  Decision decide(Prospect call, Book now, int concerned, Tariffs prices, @Nullable Burn burn) {
    Site site = sites.of(call);
    Reservation reservation =
        new Reservation(open, concerned, new Estimate(), site, call.textBytes(), burn);
    reservation
        .estimate()
        .fill(call, call.model(), call.serviceTier(), call.outputLimit(), site, prices);
    long at = call.at().toEpochMilli();
    now.find(call, reservation.counters, at);
    Degraded.Change change = null;
    boolean down = clearing.isDown();
    Counter refused = null;
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
          boolean late = System.nanoTime() - deadline >= 0;
          if (answer == Ask.Answer.DENIED && !late) {
            // Others may hold what they turn out not to need.
            LockSupport.parkNanos(AGAIN_NANOS);
          }
          if (answer == Ask.Answer.DENIED) {
            refused = counter;
          }
          denied = late && counter == refused ? counter : null;
          down = answer == Ask.Answer.DOWN && denied == null;
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
          Blocked blocked =
              blocked(
                  Trial.reason(verdict), counter, at, reservation.estimate(), counter == denied);
          if (blocked != null) {
            return blocked;
          }
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

  /**
   * What is said of a call that does not fit.
   *
   * @param denied whether it is the store that has no more
   * @return null when others have given back meanwhile what the call needs
   */
  private @Nullable Blocked blocked(
      Blocked.Reason reason, Counter counter, long at, Estimate estimate, boolean denied) {
    Blocked blocked;
    synchronized (counter) {
      if (reason == Blocked.Reason.EXCEEDED && !denied && Trial.fits(counter, estimate)) {
        return null;
      }
      clearing.blocked(counter);
      blocked = Blocked.of(reason, counter, counter.of.span(at), estimate);
    }
    counter.of.rejected(reason);
    Log.warnOnce(
        "blocked:" + counter.of.id() + counter.of.span(at).slot(),
        blocked.message() + " (said once for each budget and window)");
    return blocked;
  }
}
