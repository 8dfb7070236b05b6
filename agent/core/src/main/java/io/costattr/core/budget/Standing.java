package io.costattr.core.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How budgets stand, for metrics, which must stay few: of a budget that every value has of its own,
 * the first values that passed a threshold are told apart, and stay so; all others are one row.
 */
final class Standing {
  private final List<BudgetRow> rows = new ArrayList<>();
  private final long now;

  private Standing(long now) {
    this.now = now;
  }

  /**
   * The rows of those budgets.
   *
   * @param now milliseconds since 1970 (UTC)
   */
  static List<BudgetRow> of(List<Counters> all, long now) {
    Standing standing = new Standing(now);
    all.forEach(standing::add);
    return standing.rows;
  }

  private void add(Counters counters) {
    Budget budget = counters.budget();
    if (budget.each().isEmpty()) {
      rows.add(row(counters.get("", now), null));
      return;
    }
    AtomicLong spent = new AtomicLong();
    AtomicLong reserved = new AtomicLong();
    counters.forEach(
        counter -> {
          BudgetRow row = row(counter, counter.value);
          if (counters.isShown(counter.value)) {
            rows.add(row);
          } else {
            spent.addAndGet(row.spent());
            reserved.addAndGet(row.reserved());
          }
        });
    rows.add(
        new BudgetRow(
            budget.name(), BudgetRow.OTHERS, budget.unit(), null, spent.get(), reserved.get()));
  }

  private BudgetRow row(Counter counter, @Nullable String value) {
    Budget budget = counter.of.budget();
    long limit = budget.limits().of(counter.value);
    Long said = limit == Limits.UNLIMITED ? null : Long.valueOf(limit);
    synchronized (counter) {
      counter.roll(counter.of.span(now));
      return new BudgetRow(
          budget.name(), value, budget.unit(), said, counter.spent(), counter.reserved());
    }
  }
}
