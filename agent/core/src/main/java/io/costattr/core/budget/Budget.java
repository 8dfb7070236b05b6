package io.costattr.core.budget;

import io.costattr.core.attribution.ResolvedAttribution;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One budget of the policy. Immutable.
 *
 * @param name its name, unique in the policy
 * @param conditions all of which must hold for a call to concern it; none for every call
 * @param each of what every value has a budget of its own, as {@code customer_id}; empty when the
 *     budget is one
 * @param unit what it counts
 * @param limits how much, by value
 * @param window over which time
 * @param thresholds in percent of the limit, ascending, at whose passing it is said
 * @param action what becomes of calls when it is used up
 * @param relief how calls are made cheaper; null unless the action is {@link Action#DEGRADE}
 * @param unpriced what a model without a price counts
 * @param failsClosed whether calls are refused while the store does not answer
 * @param countsRisk whether what may have been billed of an attempt that was cut off counts
 */
record Budget(
    String name,
    List<Condition> conditions,
    List<Facet> each,
    Unit unit,
    Limits limits,
    Window window,
    List<Integer> thresholds,
    Action action,
    @Nullable Relief relief,
    Unpriced unpriced,
    boolean failsClosed,
    boolean countsRisk) {

  /** What a model without a price counts, in a budget of money. */
  enum Unpriced {
    /** The highest rates of its family; else of its provider's models. */
    FAMILY,
    /** Calls of it are refused; what was billed all the same counts as {@link #FAMILY}. */
    REFUSE,
    /** Nothing. */
    IGNORE;

    static @Nullable Unpriced of(String id) {
      for (Unpriced unpriced : values()) {
        if (unpriced.name().toLowerCase(Locale.ROOT).equals(id)) {
          return unpriced;
        }
      }
      return null;
    }
  }

  /**
   * Under which its counts are kept: they survive whatever else is changed of it, and begin anew
   * with another name, unit, window or {@code each}.
   */
  String id() {
    StringBuilder id = new StringBuilder(name).append('/').append(unit.id()).append('/');
    id.append(window.id());
    for (Facet facet : each) {
      id.append('/').append(Account.keyPart(facet.id()));
    }
    return id.toString();
  }

  /** Whether a call concerns it, as far as its conditions go. */
  boolean matches(Prospect call) {
    for (Condition condition : conditions) {
      if (!condition.holds(call)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a call says for whom it is, in all that {@code each} names. */
  boolean isFor(Prospect call) {
    for (Facet facet : each) {
      if (said(facet.of(call)) == null) {
        return false;
      }
    }
    return true;
  }

  /** Whether it tells calls apart by the provider's key. */
  boolean asksForKeys() {
    return each.contains(Facet.KEY)
        || conditions.stream().anyMatch(condition -> condition.facet().equals(Facet.KEY));
  }

  /**
   * Whether a call of which nothing is known but who pays may concern it, and for whom is known.
   */
  boolean isForPayer(Prospect call) {
    for (Facet facet : each) {
      if (!facet.isOfPayer()) {
        return false;
      }
    }
    for (Condition condition : conditions) {
      if (condition.facet().isOfPayer() && !condition.holds(call)) {
        return false;
      }
    }
    return true;
  }

  /**
   * For whom it is, of a call that matches: empty when the budget is one; null when the call says
   * it of none. Nobody's calls are not lumped together as somebody's.
   */
  @Nullable String value(Prospect call) {
    if (each.isEmpty()) {
      return "";
    }
    if (each.size() == 1) {
      return said(each.get(0).of(call));
    }
    StringBuilder joined = new StringBuilder();
    for (Facet facet : each) {
      String value = said(facet.of(call));
      if (value == null) {
        return null;
      }
      joined.append(joined.length() == 0 ? "" : "/").append(escaped(value));
    }
    return joined.toString();
  }

  private static @Nullable String said(@Nullable String value) {
    return value == null || value.equals(ResolvedAttribution.UNATTRIBUTED) ? null : value;
  }

  /** As in a JSON Pointer (RFC 6901). */
  private static String escaped(String value) {
    return value.replace("~", "~0").replace("/", "~1");
  }
}
