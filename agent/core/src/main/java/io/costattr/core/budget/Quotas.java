package io.costattr.core.budget;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up how budgets stand for somebody who makes no call. Thread-safe. */
final class Quotas {
  private final Clearing clearing;
  private final long patienceNanos;

  Quotas(Clearing clearing, long patienceNanos) {
    this.clearing = clearing;
    this.patienceNanos = patienceNanos;
  }

  /**
   * Those of some budgets that have a limit for whoever would make that call, of which no more is
   * known than who pays.
   */
  List<Quota> of(List<Counters> all, Prospect call) {
    long now = call.at().toEpochMilli();
    long deadline = System.nanoTime() + patienceNanos;
    List<Quota> quotas = new ArrayList<>();
    for (Counters counters : all) {
      Budget budget = counters.budget();
      String value = budget.isForPayer(call) ? budget.value(call) : null;
      if (value != null && budget.limits().of(value) != Limits.UNLIMITED) {
        quotas.add(of(counters, value, now, deadline));
      }
    }
    return List.copyOf(quotas);
  }

  private Quota of(Counters counters, String value, long now, long deadline) {
    boolean asked = false;
    while (true) {
      Counter counter = counters.get(value, now);
      Quota known = known(counter, now, asked);
      if (known != null) {
        return known;
      }
      if (!counter.isGone()) {
        clearing.ask(counter, 0).await(deadline);
        asked = true;
      }
    }
  }

  /** Null when the counter has gone, or the store must be asked and was not. */
  private @Nullable Quota known(Counter counter, long now, boolean asked) {
    synchronized (counter) {
      if (counter.isGone()) {
        return null;
      }
      Window.Span span = counter.of.span(now);
      counter.roll(span);
      counter.used(clearing.second());
      if (!counter.isKnown()) {
        clearing.hear(counter);
      }
      boolean known = counter.isKnown() && !clearing.isOld(counter);
      return known || asked ? Quota.of(counter, span) : null;
    }
  }
}
