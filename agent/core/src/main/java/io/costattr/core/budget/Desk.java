package io.costattr.core.budget;

import io.costattr.core.budget.Accounts.Held;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The budgets of a configuration file and what a store has of them, for people. */
public final class Desk {
  private static final String BUDGETS = "budgets";

  private final Policy policy;
  private final Accounts accounts;

  private Desk(Policy policy, Accounts accounts) {
    this.policy = policy;
    this.accounts = accounts;
  }

  /**
   * What one budget says of a call.
   *
   * @param concerned whether the call concerns it
   * @param why why not; or what would become of the call
   * @param quota how it stands for the call; null when that is not concerned
   */
  public record Finding(String budget, boolean concerned, String why, @Nullable Quota quota) {}

  /**
   * Reads the budgets of a file.
   *
   * @throws IOException when it cannot be read, or has budgets that are refused; with the line
   */
  public static Desk read(Path file, Accounts accounts) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      YamlTree tree = YamlTree.read(file, in);
      return new Desk(PolicyReader.read(tree, tree.at(BUDGETS), new ArrayList<>()), accounts);
    } catch (PolicyFault fault) {
      throw new IOException(fault.getMessage(), fault);
    }
  }

  /** The names of the budgets, in the order of the file. */
  public List<String> names() {
    return policy.budgets().stream().map(Budget::name).toList();
  }

  /**
   * How budgets stand, each value of its own, those first that have spent most.
   *
   * @param name of one budget; null for all
   * @param value of one value; null for all that the store knows
   */
  public List<Quota> quotas(@Nullable String name, @Nullable String value, Instant now)
      throws IOException {
    List<Quota> quotas = new ArrayList<>();
    for (Budget budget : policy.budgets()) {
      if (name == null || name.equals(budget.name())) {
        quotas.addAll(quotas(budget, value, now));
      }
    }
    return quotas;
  }

  private List<Quota> quotas(Budget budget, @Nullable String value, Instant now)
      throws IOException {
    Window.Span span = budget.window().at(now.toEpochMilli());
    if (budget.each().isEmpty()) {
      return value == null ? List.of(quota(budget, "", span)) : List.of();
    }
    if (value != null) {
      return List.of(quota(budget, value, span));
    }
    List<Quota> quotas = new ArrayList<>();
    for (Held held : accounts.all(account(budget, "", span))) {
      quotas.add(Quota.of(budget, held.value(), span, held.spent(), held.held()));
    }
    quotas.sort(Comparator.comparingLong(Quota::spent).reversed());
    return quotas;
  }

  private Quota quota(Budget budget, String value, Window.Span span) throws IOException {
    Held held = accounts.at(account(budget, value, span));
    return Quota.of(budget, value, span, held.spent(), held.held());
  }

  private static Account account(Budget budget, String value, Window.Span span) {
    return new Account(budget.id(), value, span.from(), span.slot(), span.step(), span.until());
  }

  /**
   * What every budget says of a call.
   *
   * @param dimensions by which the call is known: {@code customer_id}, {@code model} ...
   * @throws IOException also when a dimension is none, with those that are
   */
  public List<Finding> explain(Map<String, String> dimensions, Instant now) throws IOException {
    Prospect call = Prospects.of(dimensions, now);
    List<Finding> findings = new ArrayList<>();
    for (Budget budget : policy.budgets()) {
      String unconcerned = unconcerned(budget, call);
      String value = budget.value(call);
      if (unconcerned != null || value == null) {
        findings.add(new Finding(budget.name(), false, String.valueOf(unconcerned), null));
      } else {
        Quota quota = quota(budget, value, budget.window().at(now.toEpochMilli()));
        findings.add(new Finding(budget.name(), true, becomes(budget, quota), quota));
      }
    }
    return findings;
  }

  /** Why a call does not concern a budget; null when it does. */
  private static @Nullable String unconcerned(Budget budget, Prospect call) {
    for (Condition condition : budget.conditions()) {
      if (!condition.holds(call)) {
        String has = condition.facet().of(call);
        return condition.facet().id()
            + (has == null ? " is not said" : " is " + BudgetNotice.cut(has))
            + ", and must be "
            + condition;
      }
    }
    for (Facet facet : budget.each()) {
      if (!facet.isSaid(call)) {
        return facet.id() + " is not said, and every value of it has a budget of its own";
      }
    }
    return null;
  }

  private static String becomes(Budget budget, Quota quota) {
    Long remaining = quota.remaining();
    if (remaining == null) {
      return "no limit: the call is counted, and goes on";
    }
    if (!budget.action().holds()) {
      return "the call goes on, whatever is left: the action is " + budget.action().id();
    }
    String then = budget.action() == Action.BLOCK ? "blocked" : "made cheaper";
    return remaining == 0
        ? "used up: the call is " + then
        : "a call that may need more than " + quota.text(remaining) + " is " + then;
  }

  /**
   * Says that so much was spent of a budget in its present window.
   *
   * @param value for whom; null where the budget is one
   * @throws IOException also when there is no such budget, or it needs a value
   */
  public Quota set(String name, @Nullable String value, long spent, Instant now)
      throws IOException {
    for (Budget budget : policy.budgets()) {
      if (budget.name().equals(name)) {
        if (budget.each().isEmpty() != (value == null)) {
          throw new IOException(
              "budget " + name + (value == null ? " is one for each value" : " has no values"));
        }
        Window.Span span = budget.window().at(now.toEpochMilli());
        accounts.set(account(budget, value == null ? "" : value, span), spent);
        return quota(budget, value == null ? "" : value, span);
      }
    }
    throw new IOException("no budget is called " + name + "; there are " + names());
  }

  /**
   * An amount of a budget as a person writes it.
   *
   * @throws IOException when it is none, or of another unit
   */
  public long amount(String name, String text) throws IOException {
    for (Budget budget : policy.budgets()) {
      if (budget.name().equals(name)) {
        Amount amount = Amount.of(text);
        if (text.matches("\\$?0")) {
          return 0;
        }
        if (amount == null || amount.unit() != budget.unit()) {
          throw new IOException(
              "\"" + text + "\" is no amount in " + budget.unit().id() + ": " + Amount.ALLOWED);
        }
        return amount.value();
      }
    }
    throw new IOException("no budget is called " + name + "; there are " + names());
  }
}
