package io.costattr.core.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a call must have to concern a budget: one of some values.
 *
 * @param values the values
 * @param beginnings what values may begin with instead, {@code gpt-5*} without its star
 */
record Condition(Facet facet, Set<String> values, List<String> beginnings) {

  boolean holds(Prospect call) {
    String value = facet.of(call);
    return value != null && (values.contains(value) || begins(value));
  }

  private boolean begins(String value) {
    for (String beginning : beginnings) {
      if (value.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  /** The only value by which the condition can hold; null when there are several. */
  @Nullable String onlyValue() {
    return values.size() == 1 && beginnings.isEmpty() ? values.iterator().next() : null;
  }

  /** For a person: {@code model: gpt-5*}. */
  String text() {
    List<String> all = new ArrayList<>(new TreeSet<>(values));
    beginnings.forEach(beginning -> all.add(beginning + "*"));
    return facet.id() + ": " + String.join(", ", all);
  }
}
