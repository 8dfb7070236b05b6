package io.costattr.core.budget;

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

  private Budgets() {}

  /** The budgets of this JVM; null until the agent runs, and when it is switched off. */
  public static @Nullable Budgets running() {
    return running;
  }

  /** Whether there is any budget, or a breaker, so that it is worth knowing more of a request. */
  public boolean any() {
    return false;
  }

  /**
   * Decides about a call and reserves what it may need, in every budget that it concerns or in
   * none. Of several that are used up the strictest acts: block, degrade, warn, observe. Waits only
   * where a store on a network must be asked, at most {@code costattr.budget.store.timeout} ms.
   * Without a matching budget: at most 50 ns and nothing allocated; within a lease: no more than
   * the reservation is allocated.
   */
  public Decision admit(Prospect prospect) {
    return Reservation.NONE;
  }
}
