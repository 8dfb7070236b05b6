package io.costattr.core.budget;

import java.util.List;

/**
 * All budgets of a configuration file, in its order. Immutable.
 *
 * @param budgets the budgets; their names are unique
 */
record Policy(List<Budget> budgets) {

  /** No budget at all. */
  static final Policy NONE = new Policy(List.of());

  Policy {
    budgets = List.copyOf(budgets);
  }
}
