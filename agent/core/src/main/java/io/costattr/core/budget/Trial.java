package io.costattr.core.budget;

import io.costattr.core.budget.Blocked.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Tries to reserve what a call may need in all its counters at once: under the locks of all of
 * them, so that either every one holds its part or none ever did. Makes no object; verdicts are
 * numbers.
 */
final class Trial {
  /** It is reserved. */
  static final int RESERVED = -1;

  /** A counter is not in its table any more: they must be looked up anew. */
  static final int GONE = -2;

  /** What a verdict about a counter says besides which: the store must be asked first. */
  static final int ASK = 0;

  /** The call may go on for less. */
  static final int DEGRADE = 1;

  /** What it may need is more than is left. */
  static final int EXCEEDED = 2;

  /** Its model has no price. */
  static final int UNPRICED = 3;

  /** The store does not answer. */
  static final int DOWN = 4;

  private static final int KINDS = 8;

  private final Clearing clearing;

  Trial(Clearing clearing) {
    this.clearing = clearing;
  }

  /** What a verdict says. */
  static int kind(int verdict) {
    return verdict % KINDS;
  }

  /** About which counter of the reservation it is. */
  static int index(int verdict) {
    return verdict / KINDS;
  }

  static Reason reason(int verdict) {
    return switch (kind(verdict)) {
      case UNPRICED -> Reason.UNPRICED;
      case DOWN -> Reason.STORE_DOWN;
      default -> Reason.EXCEEDED;
    };
  }

  /**
   * Reserves, or says why not.
   *
   * @param now milliseconds since 1970 (UTC)
   * @param degraded whether the estimate is that of a call that has been made cheaper: budgets that
   *     degrade are content with it
   * @param down whether the store does not answer
   * @param denied of which the store has said just now that it has no more; or null
   * @return {@link #RESERVED}, {@link #GONE}, or a verdict about a counter
   */
  int reserve(
      Reservation reservation, long now, boolean degraded, boolean down, @Nullable Counter denied) {
    return lock(reservation, 0, now, degraded, down, denied);
  }

  /** Takes one lock after the other, in their order. */
  private int lock(
      Reservation reservation,
      int index,
      long now,
      boolean degraded,
      boolean down,
      @Nullable Counter denied) {
    if (index == reservation.counters.length) {
      return judge(reservation, degraded, down, denied);
    }
    Counter counter = reservation.counters[index];
    synchronized (counter) {
      if (counter.isGone()) {
        return GONE;
      }
      counter.roll(counter.of.span(now));
      return lock(reservation, index + 1, now, degraded, down, denied);
    }
  }

  /** The gravest that any counter has to say, {@link #ASK} before all; all locks are held. */
  private int judge(
      Reservation reservation, boolean degraded, boolean down, @Nullable Counter denied) {
    Counter[] counters = reservation.counters;
    Estimate estimate = reservation.estimate();
    int second = clearing.second();
    int gravest = RESERVED;
    int grade = -1;
    for (int i = 0; i < counters.length; i++) {
      counters[i].used(second);
      int kind = judge(counters[i], estimate, second, degraded, down, denied);
      int graveness = kind == ASK ? KINDS + 1 : kind == DEGRADE ? KINDS : kind;
      if (kind >= 0 && graveness > grade) {
        grade = graveness;
        gravest = i * KINDS + kind;
      }
    }
    if (gravest == RESERVED) {
      for (int i = 0; i < counters.length; i++) {
        reservation.hold(i, amount(counters[i], estimate, second, down));
      }
    }
    return gravest;
  }

  private int judge(
      Counter counter,
      Estimate estimate,
      int second,
      boolean degraded,
      boolean down,
      @Nullable Counter denied) {
    Budget budget = counter.of.budget();
    long limit = budget.limits().of(counter.value);
    Action action = budget.action();
    if (!action.holds() || (degraded && action == Action.DEGRADE) || limit == Limits.UNLIMITED) {
      return RESERVED;
    }
    if (action == Action.BLOCK
        && budget.unpriced() == Budget.Unpriced.REFUSE
        && budget.unit() == Unit.USD
        && estimate.unpriced) {
      return UNPRICED;
    }
    if (counter.leased(second) <= 0 || !counter.isKnown()) {
      clearing.hear(counter);
    }
    boolean fits = fits(counter, estimate);
    if (!fits && counter.isKnown() && counter.isCurrent()) {
      return exceeded(action);
    }
    if (fits
        && counter.isKnown()
        && fits(
            estimate.in(budget.unit()),
            estimate.isGuessed(budget.unit()),
            counter.leased(second))) {
      return RESERVED;
    }
    if (counter == denied) {
      return exceeded(action);
    }
    if (!down) {
      return ASK;
    }
    return budget.failsClosed() ? DOWN : fits ? RESERVED : exceeded(action);
  }

  private static int exceeded(Action action) {
    return action == Action.DEGRADE ? DEGRADE : EXCEEDED;
  }

  /** Whether a call is within the limit of a counter, whose lock is held. */
  static boolean fits(Counter counter, Estimate estimate) {
    Budget budget = counter.of.budget();
    return fits(
        estimate.in(budget.unit()),
        estimate.isGuessed(budget.unit()),
        counter.room(budget.limits().of(counter.value)));
  }

  /** A guess is content with whatever is left. */
  private static boolean fits(long need, boolean guessed, long room) {
    return guessed ? room > 0 : need <= room;
  }

  /** How much to reserve in a counter. */
  private static long amount(Counter counter, Estimate estimate, int second, boolean down) {
    Budget budget = counter.of.budget();
    long need = estimate.in(budget.unit());
    if (!estimate.isGuessed(budget.unit()) || !budget.action().holds()) {
      return need;
    }
    long room = counter.room(budget.limits().of(counter.value));
    long most = down ? room : Math.min(room, counter.leased(second));
    return Math.max(0, Math.min(need, most));
  }
}
