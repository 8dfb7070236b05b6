package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.amend.CheaperRequest;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.budget.Blocked;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Decision;
import io.costattr.core.budget.Degraded;
import io.costattr.core.budget.Reservation;
import io.costattr.core.dialect.BatchDialect;
import io.costattr.core.dialect.Dialect;
import io.costattr.core.dialect.Route;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the budgets say of one attempt, which they are asked once, before it is sent: it goes on, or
 * on cheaper terms, or is answered in the provider's place. No method throws. One thread asks; any
 * may read.
 */
final class Admission {
  private final Start start;
  private volatile boolean asked;
  private volatile @Nullable Denial denial;
  private volatile Reservation reservation;

  /** How a budget wants it to be cheaper, and what was changed for that. */
  private volatile @Nullable Degraded degraded;

  private volatile @Nullable String degradation;

  /**
   * @param reservation what is set aside for it before anybody is asked
   */
  Admission(Start start, Reservation reservation) {
    this.start = start;
    this.reservation = reservation;
  }

  /** The budgets, where they are to be asked and have not been; else null. */
  @Nullable Budgets unasked() {
    if (asked) {
      return null;
    }
    asked = true;
    Budgets budgets = Budgets.running();
    Route route = start.route();
    // Unknown: nobody knows that it is a model call.
    return budgets == null
            || !budgets.any()
            || !route.known()
            || route.dialect() instanceof BatchDialect
        ? null
        : budgets;
  }

  /**
   * Asks them.
   *
   * @return the answer in the provider's place; null when it goes on
   */
  @Nullable Denial ask(Budgets budgets, Asking asking) {
    try {
      ResolvedAttribution who = Exchanges.resolve(start.call().attribution());
      Decision decision = who == null ? Reservation.NONE : asking.ask(budgets, who);
      if (decision instanceof Blocked blocked) {
        denial =
            Denial.of(blocked, start.route().dialect(), start.call().requestId(), Instant.now());
      } else if (decision instanceof Degraded cheaper) {
        degraded = cheaper;
        reservation = cheaper.reservation();
      } else if (decision instanceof Reservation reserved) {
        reservation = reserved;
      }
    } catch (Throwable fault) {
      Log.fault("asking the budgets", fault);
    }
    return denial;
  }

  /** The answer in the provider's place; null when there is none. */
  @Nullable Denial denial() {
    return denial;
  }

  /** What is set aside for it. */
  Reservation reservation() {
    return reservation;
  }

  /** Whether a budget wants its request to be changed. */
  boolean isToBeCheaper() {
    return degraded != null;
  }

  /** What a budget wants of its request; null when nothing. */
  CheaperRequest.@Nullable Wish wish() {
    Degraded wanted = degraded;
    Dialect dialect = start.route().dialect();
    return wanted == null
        ? null
        : new CheaperRequest.Wish(
            wanted.model(),
            wanted.outputLimit(),
            dialect.outputLimitName(start.route().endpoint()),
            dialect.takesServiceTier(start.route().endpoint()) ? wanted.serviceTier() : null);
  }

  /** Its request was made cheaper in that way. */
  void cheaper(String changes) {
    Degraded wanted = degraded;
    degradation = wanted == null ? null : wanted.budget() + ": " + changes;
  }

  /** What was changed, and for which budget; null when nothing was. */
  @Nullable String degradation() {
    return degradation;
  }

  /** It was answered: says once of a client that its requests cannot be changed. */
  void sayUnchanged() {
    Degraded wanted = degraded;
    if (wanted != null && degradation == null) {
      String client = start.call().client();
      Log.warnOnce(
          "degrade:" + wanted.budget() + client,
          "calls by "
              + client
              + " could not be made cheaper as the budget "
              + wanted.budget()
              + " says, and went on as they were (said once; see docs/budgets.md)");
    }
  }
}
