package io.costattr.core.budget;

/** What an attempt counts in a budget. */
final class Charge {
  private Charge() {}

  /**
   * In the budget's unit.
   *
   * @param held what was reserved for it; 0 when nothing was
   */
  static long of(Spend spend, Budget budget, long held) {
    return switch (budget.unit()) {
      case CALLS -> spend.calls();
      case TOKENS -> isUnknown(spend) ? held : spend.inputTokens() + spend.outputTokens();
      case USD -> money(spend, budget, held);
    };
  }

  private static long money(Spend spend, Budget budget, long held) {
    long risk = budget.countsRisk() ? spend.atRiskPicoUsd() : 0;
    Long known = spend.picoUsd();
    if (known != null) {
      return sum(known, risk);
    }
    if (budget.unpriced() == Budget.Unpriced.IGNORE) {
      return risk;
    }
    Long highest = spend.highestPicoUsd();
    // Something was billed, and nobody knows how much: what was thought before it is all there is.
    return sum(highest != null ? highest : held, risk);
  }

  private static boolean isUnknown(Spend spend) {
    return spend.picoUsd() == null && spend.inputTokens() + spend.outputTokens() == 0;
  }

  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
