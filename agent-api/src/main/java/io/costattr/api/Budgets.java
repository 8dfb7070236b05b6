package io.costattr.api;

import java.util.List;
import java.util.Objects;

/**
 * What is left of budgets, for an application that shows it to a customer or decides by it. Asking
 * reserves nothing; whether a call may be made is decided when it is made.
 *
 * <pre>{@code
 * for (Quota quota : Budgets.current().remaining(
 *         Attribution.builder().customerId("cust_4291").build())) {
 *     page.add(quota.budget(), quota.remaining(), quota.resetsAt());
 * }
 * }</pre>
 *
 * All methods may be called from any thread.
 */
public final class Budgets {
  private static final Budgets CURRENT = new Budgets();

  private Budgets() {}

  /** The budgets of this JVM; without the agent there are none. */
  public static Budgets current() {
    return CURRENT;
  }

  /** As {@link #remaining(Attribution)}, of the attribution in force on this thread. */
  public List<Quota> remaining() {
    return remaining(AttributionContext.current());
  }

  /**
   * The budgets with a limit that a call with that attribution, and the agent's defaults for the
   * rest, would concern, in the order of the configuration. What a budget asks of a call besides
   * (model, provider, endpoint, key) is taken for granted; one that is each for such a thing is
   * left out. What the store has is asked for when this JVM does not know it, for at most {@code
   * costattr.budget.store.timeout} ms.
   *
   * @return never null; unmodifiable
   */
  public List<Quota> remaining(Attribution attribution) {
    // The agent answers in this method's place.
    Objects.requireNonNull(attribution, "attribution");
    return List.of();
  }
}
