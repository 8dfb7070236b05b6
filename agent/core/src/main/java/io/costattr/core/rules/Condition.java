package io.costattr.core.rules;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * On what a rule depends: that something is known, and that one of the patterns stands for it.
 * Exactly one of {@code fact} and {@code said} is not null. Immutable.
 *
 * @param fact what it asks of where the call is made
 * @param said which dimension or tag it looks at
 */
record Condition(@Nullable Asked fact, @Nullable Target said, List<Glob> patterns) {

  /**
   * Whether it holds.
   *
   * @param known what is said of each dimension and tag so far, and by defaults
   */
  boolean holds(Situation here, Function<Target, @Nullable String> known) {
    String value = value(here, known);
    if (value == null) {
      return false;
    }
    boolean isCode = fact != null && fact.kind().isCode();
    for (Glob pattern : patterns) {
      if (isCode ? pattern.matchesOrHolds(value) : pattern.matches(value)) {
        return true;
      }
    }
    return false;
  }

  /** What it looks at; null when that is not known. */
  @Nullable String value(Situation here, Function<Target, @Nullable String> known) {
    if (fact != null) {
      return fact.of(here);
    }
    return said == null ? null : known.apply(said);
  }

  /** Why it does not hold, of what it looks at. */
  String unmet(@Nullable String value) {
    return (fact == null ? said : fact)
        + " is not "
        + patterns.stream().map(Glob::toString).collect(Collectors.joining(" or "))
        + (value == null ? ": it is not known" : ": it is " + value);
  }
}
