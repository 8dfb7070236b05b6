package io.costattr.core.budget;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The budgets in force with their counters, arranged so that those of a call are found by a few
 * look-ups: each budget stands under the value of one of its conditions, if one has a single value.
 * Immutable but for the counters.
 */
final class Book {

  /** A budget as this policy has it, which counters may outlive. */
  private record Page(Budget budget, Counters counters) {
    boolean concerns(Prospect call) {
      return budget.matches(call) && budget.isFor(call);
    }

    void show(Prospect call, BiConsumer<Counters, String> action) {
      String value = concerns(call) ? budget.value(call) : null;
      if (value != null) {
        action.accept(counters, value);
      }
    }
  }

  /** What stands under the values of one dimension. */
  private record Shelf(Facet facet, Map<String, Page[]> byValue) {
    Page[] of(Prospect call) {
      String value = facet.of(call);
      Page[] found = value == null ? null : byValue.get(value);
      return found == null ? NONE : found;
    }
  }

  private static final Page[] NONE = {};
  private static final Shelf[] NO_SHELVES = {};
  private static final Comparator<Counter> BY_LOCK =
      Comparator.comparingInt(counter -> counter.of.sequence());

  /** No budget at all. */
  static final Book EMPTY = new Book(List.of());

  private final List<Counters> all;
  private final boolean estimates;
  private final boolean asksForKeys;
  private final Shelf[] shelves;

  /** Those without such a condition. */
  private final Page[] others;

  private Book(List<Page> pages) {
    this.all = pages.stream().map(Page::counters).toList();
    this.estimates =
        pages.stream()
            .map(Page::budget)
            .anyMatch(budget -> budget.action().holds() && budget.unit() != Unit.CALLS);
    this.asksForKeys = pages.stream().map(Page::budget).anyMatch(Budget::asksForKeys);
    Map<Facet, Map<String, List<Page>>> sorted = new LinkedHashMap<>();
    List<Page> loose = new ArrayList<>();
    for (Page page : pages) {
      Condition condition = telling(page.budget());
      String value = condition == null ? null : condition.onlyValue();
      if (condition == null || value == null) {
        loose.add(page);
      } else {
        sorted
            .computeIfAbsent(condition.facet(), unused -> new HashMap<>())
            .computeIfAbsent(value, unused -> new ArrayList<>())
            .add(page);
      }
    }
    List<Shelf> found = new ArrayList<>();
    sorted.forEach(
        (facet, byValue) -> {
          Map<String, Page[]> arrays = new HashMap<>();
          byValue.forEach((value, some) -> arrays.put(value, some.toArray(NONE)));
          found.add(new Shelf(facet, arrays));
        });
    shelves = found.toArray(NO_SHELVES);
    others = loose.toArray(NONE);
  }

  /** The condition that fewest calls are likely to meet; null when none has a single value. */
  private static @Nullable Condition telling(Budget budget) {
    return budget.conditions().stream()
        .filter(condition -> condition.onlyValue() != null)
        .min(Comparator.comparing(condition -> condition.facet().kind()))
        .orElse(null);
  }

  /** The book of another policy: the counters of budgets that it has, too, go on. */
  Book with(Policy policy, Counters.Observer observer, long now) {
    Map<String, Counters> known = new HashMap<>();
    for (Counters counters : all) {
      known.put(counters.id(), counters);
    }
    List<Page> next = new ArrayList<>();
    for (Budget budget : policy.budgets()) {
      Counters counters = known.get(budget.id());
      if (counters == null) {
        counters = new Counters(budget, observer, now);
      } else {
        counters.become(budget);
      }
      next.add(new Page(budget, counters));
    }
    return new Book(next);
  }

  /** All budgets, in the order of the policy. */
  List<Counters> all() {
    return all;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether any of them needs to know what a call may use. */
  boolean estimates() {
    return estimates;
  }

  /** Whether any of them needs to know by which key of the provider's a call is made. */
  boolean asksForKeys() {
    return asksForKeys;
  }

  /** How many budgets a call concerns. */
  int count(Prospect call) {
    int count = 0;
    for (Shelf shelf : shelves) {
      for (Page page : shelf.of(call)) {
        count += page.concerns(call) ? 1 : 0;
      }
    }
    for (Page page : others) {
      count += page.concerns(call) ? 1 : 0;
    }
    return count;
  }

  /**
   * Puts the counters that a call concerns into an array as long as {@link #count} has said, in the
   * order of their locks.
   *
   * @param now milliseconds since 1970 (UTC)
   */
  void find(Prospect call, Counter[] into, long now) {
    int found = 0;
    for (Shelf shelf : shelves) {
      for (Page page : shelf.of(call)) {
        found = put(page, call, into, found, now);
      }
    }
    for (Page page : others) {
      found = put(page, call, into, found, now);
    }
    if (found > 1) {
      Arrays.sort(into, BY_LOCK);
    }
  }

  /** Shows the budgets that a call concerns, and for whom. */
  void forEach(Prospect call, BiConsumer<Counters, String> action) {
    for (Shelf shelf : shelves) {
      for (Page page : shelf.of(call)) {
        page.show(call, action);
      }
    }
    for (Page page : others) {
      page.show(call, action);
    }
  }

  private static int put(Page page, Prospect call, Counter[] into, int found, long now) {
    String value = page.concerns(call) ? page.budget().value(call) : null;
    if (value == null) {
      return found;
    }
    into[found] = page.counters().get(value, now);
    return found + 1;
  }
}
