package io.costattr.cli;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.budget.Action;
import io.costattr.core.budget.Review;
import io.costattr.core.budget.Review.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says which budgets concern a call, and what is left of them. */
@Command(
    name = "explain",
    description = "Says which budgets concern a call, why the others do not, and what is left.",
    usageHelpAutoWidth = true,
    footer = {
      "",
      "What is not said is taken from costattr.defaults.*; the provider's key is not asked.",
      "",
      "Example:",
      "  budgets explain --customer acme --feature chat --model gpt-5.5"
    })
final class BudgetsExplainCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin BudgetsOptions options = new BudgetsOptions();
  @Mixin BudgetsOptions.Output output = new BudgetsOptions.Output();

  @Option(names = "--customer", paramLabel = "ID", description = "The call's customer_id.")
  @Nullable String customer;

  @Option(names = "--feature", paramLabel = "NAME")
  @Nullable String feature;

  @Option(names = "--route", paramLabel = "ROUTE")
  @Nullable String route;

  @Option(names = "--team", paramLabel = "NAME")
  @Nullable String team;

  @Option(names = "--environment", paramLabel = "NAME")
  @Nullable String environment;

  @Option(names = "--tag", paramLabel = "NAME=VALUE")
  Map<String, String> tags = Map.of();

  @Option(names = "--model", paramLabel = "MODEL", description = "The model asked for.")
  @Nullable String model;

  @Option(names = "--provider", paramLabel = "NAME", description = "openai where it is not said.")
  String provider = "openai";

  @Option(names = "--endpoint", paramLabel = "NAME", description = "chat where it is not said.")
  String endpoint = "chat";

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    options.run((review, defaults) -> print(review, defaults, out));
    return 0;
  }

  private void print(Review review, Defaults defaults, PrintWriter out) throws IOException {
    Attribution said =
        new Attribution(feature, route, customer, team, environment, null, Map.copyOf(tags));
    List<Entry> entries = review.explain(defaults.resolve(said), model, provider, endpoint);
    boolean blocks = entries.stream().anyMatch(BudgetsExplainCommand::blocks);
    if (output.json) {
      BudgetsJson.explain(entries, blocks, out);
      return;
    }
    Table table = new Table("budget", "of", ">left", ">limit", "", "because");
    for (Entry entry : entries) {
      String value = entry.value();
      String because = entry.because();
      table.add(
          entry.budget(),
          value == null ? "" : Terminal.safe(value),
          because == null ? entry.text(entry.left()) : "",
          because == null ? entry.text(entry.limit()) : "",
          because == null ? verdict(entry) : "does not concern it",
          because == null ? "" : Terminal.safe(because));
    }
    if (table.isEmpty()) {
      out.println("there are no budgets");
      return;
    }
    table.print(out);
    out.println();
    out.println(
        blocks
            ? "The call is blocked."
            : "The call goes on, if what it may need is left of every budget that blocks.");
  }

  private static boolean blocks(Entry entry) {
    return entry.because() == null && isUsedUp(entry) && entry.action() == Action.BLOCK;
  }

  private static String verdict(Entry entry) {
    return isUsedUp(entry) ? "used up: " + entry.action().id() : "concerns it";
  }

  private static boolean isUsedUp(Entry entry) {
    Long left = entry.left();
    return left != null && left == 0;
  }
}
