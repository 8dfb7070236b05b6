package io.costattr.core.budget;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.budget.BudgetStore.Batch;
import io.costattr.core.budget.BudgetStore.Line;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of a configuration file beside what a store has of them, for a person who looks at
 * them or sets them right. What JVMs have settled and not posted yet is not in it. For one thread.
 */
public final class Review {
  private static final int PICO = 12;

  private final Policy policy;
  private final BudgetStore store;
  private final InstantSource clock;
  private final String jvm = UUID.randomUUID().toString();
  private long number;

  private Review(Policy policy, BudgetStore store, InstantSource clock) {
    this.policy = policy;
    this.store = store;
    this.clock = clock;
  }

  /**
   * How a budget stands for somebody.
   *
   * @param budget its name
   * @param value for whom; null where the budget is one, or where that is not known
   * @param unit what the amounts count; USD are pico-USD (1e-12 USD)
   * @param window {@code month,Europe/Berlin}
   * @param limit null where there is none
   * @param spent in the window
   * @param action what becomes of calls that do not fit
   * @param resetsAt when the window ends; of a rolling window, when something next leaves it
   * @param because of {@link #explain}: why it does not concern the call; null when it does
   */
  public record Entry(
      String budget,
      @Nullable String value,
      Unit unit,
      String window,
      @Nullable Long limit,
      long spent,
      Action action,
      Instant resetsAt,
      @Nullable String because) {

    /** What is left for further calls; null where there is no limit. */
    public @Nullable Long left() {
      return limit == null ? null : Long.valueOf(Math.max(0, limit - spent));
    }

    /** An amount of the entry's unit for a person to read: {@code $49.87}. */
    public String text(@Nullable Long amount) {
      return amount == null ? "unlimited" : Amount.text(unit, amount);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read, or its budgets cannot be used; says the line
   */
  public static Review of(Path file, BudgetStore store, InstantSource clock) throws IOException {
    try {
      return new Review(PolicyWatch.read(file, new ArrayList<>()), store, clock);
    } catch (PolicyFault fault) {
      throw new IOException(fault.getMessage(), fault);
    }
  }

  /** Whether the file has a budget of that name. */
  public boolean has(String budget) {
    return find(budget) != null;
  }

  /**
   * Every budget, in the order of the file; of one that every value has of its own those that spent
   * anything, who spent most first.
   */
  public List<Entry> all() throws IOException {
    begin();
    List<Entry> entries = new ArrayList<>();
    for (Budget budget : policy.budgets()) {
      long from = budget.window().at(clock.millis()).from();
      Map<String, Long> spent = store.spent(budget.id(), from);
      if (budget.each().isEmpty()) {
        entries.add(entry(budget, "", Math.max(0, spent.getOrDefault("", 0L)), null));
        continue;
      }
      spent.entrySet().stream()
          .filter(one -> one.getValue() > 0)
          .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
          .forEach(one -> entries.add(entry(budget, one.getKey(), one.getValue(), null)));
    }
    return entries;
  }

  /**
   * Every budget, and whether it concerns a call.
   *
   * @param model null when it is not said: then a budget that matches it does not concern the call
   */
  public List<Entry> explain(
      ResolvedAttribution who, @Nullable String model, String provider, String endpoint)
      throws IOException {
    Prospect call = Prospect.by(who, clock.instant()).to(model, provider, endpoint);
    begin();
    List<Entry> entries = new ArrayList<>();
    for (Budget budget : policy.budgets()) {
      String value = budget.value(call);
      String because = because(budget, call);
      long spent = value == null ? 0 : spent(budget, value);
      entries.add(entry(budget, value, spent, because));
    }
    return entries;
  }

  private static @Nullable String because(Budget budget, Prospect call) {
    for (Condition condition : budget.conditions()) {
      if (!condition.holds(call)) {
        return "it matches " + condition.text();
      }
    }
    return budget.isFor(call)
        ? null
        : "the call does not say "
            + String.join(", ", budget.each().stream().map(Facet::id).toList());
  }

  /**
   * Lets a budget begin anew for somebody, in the window of now. JVMs hear of it with their next
   * exchange.
   *
   * @param budget one that {@link #has} knows
   * @param value for whom; empty where the budget is one
   * @return how it stood
   */
  public Entry reset(String budget, String value) throws IOException {
    Budget found = find(budget);
    if (found == null) {
      throw new IOException("there is no budget " + budget);
    }
    if (found.each().isEmpty() != value.isEmpty()) {
      throw new IOException(
          value.isEmpty()
              ? "every " + found.each().get(0).id() + " has a budget " + budget + " of its own"
              : "the budget " + budget + " is one for all");
    }
    begin();
    Entry before = entry(found, value, spent(found, value), null);
    store.forget(account(found, value));
    return before;
  }

  /**
   * Raises what somebody has spent in the window of now to an amount, where it is less.
   *
   * @param value for whom; empty where the budget is one
   * @param amount a decimal number of the budget's unit
   * @return whether it was less
   * @throws IOException also when there is no such budget, or the amount is none
   */
  public boolean raise(String budget, String value, String amount) throws IOException {
    Budget found = find(budget);
    if (found == null || found.each().isEmpty() != value.isEmpty()) {
      throw new IOException("there is no budget " + budget + " of \"" + value + "\"");
    }
    long wanted = amount(found.unit(), amount);
    begin();
    long missing = wanted - spent(found, value);
    if (missing > 0) {
      Line line =
          new Line(
              account(found, value), found.limits().of(value), missing, Line.KEEP, Line.KEEP);
      store.exchange(new Batch(jvm, ++number, List.of(line)));
    }
    return missing > 0;
  }

  private static long amount(Unit unit, String text) throws IOException {
    try {
      BigDecimal number = new BigDecimal(text.strip());
      long amount =
          unit == Unit.USD
              ? number.scaleByPowerOfTen(PICO).setScale(0, RoundingMode.HALF_EVEN).longValueExact()
              : number.longValueExact();
      if (amount >= 0) {
        return amount;
      }
    } catch (NumberFormatException | ArithmeticException notANumber) {
      throw new IOException("\"" + text + "\" is no number of " + unit.id(), notANumber);
    }
    throw new IOException("\"" + text + "\" is below zero");
  }

  /** Lets the store read what there is. */
  private void begin() throws IOException {
    store.exchange(new Batch(jvm, ++number, List.of()));
  }

  private @Nullable Budget find(String name) {
    return policy.budgets().stream()
        .filter(budget -> budget.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private long spent(Budget budget, String value) throws IOException {
    Line line = new Line(account(budget, value), budget.limits().of(value), 0, 0, 0);
    return store.exchange(new Batch(jvm, ++number, List.of(line))).get(0).spent();
  }

  private Account account(Budget budget, String value) {
    Window.Span at = budget.window().at(clock.millis());
    return new Account(budget.id(), value, at.from(), at.slot(), at.step(), at.until());
  }

  private Entry entry(Budget budget, @Nullable String value, long spent, @Nullable String because) {
    Window.Span at = budget.window().at(clock.millis());
    long limit = budget.limits().of(value == null ? "" : value);
    return new Entry(
        budget.name(),
        budget.each().isEmpty() ? null : value,
        budget.unit(),
        budget.window().id(),
        limit == Limits.UNLIMITED ? null : Long.valueOf(limit),
        spent,
        budget.action(),
        Instant.ofEpochMilli(budget.window().rolls() ? at.end() : at.until()),
        because);
  }
}
