package io.costattr.cli;

import io.costattr.core.budget.Review.Entry;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how budgets stand. */
@Command(
    name = "show",
    description = {
      "Says how budgets stand in the window of now. Of a budget that each customer",
      "has of its own, those that spent most."
    },
    usageHelpAutoWidth = true)
final class BudgetsShowCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin BudgetsOptions options = new BudgetsOptions();
  @Mixin BudgetsOptions.Output output = new BudgetsOptions.Output();

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "So many of each budget; 20 where it is not said.")
  int most = 20;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    options.run(
        (review, defaults) -> {
          if (output.json) {
            BudgetsJson.show(review.all(), out);
          } else {
            print(review.all());
          }
        });
    return 0;
  }

  private void print(List<Entry> entries) {
    if (spec == null) {
      return;
    }
    Table table =
        new Table("budget", "of", ">spent", ">limit", ">%", "window", "resets", "beyond it");
    Map<String, Integer> shown = new HashMap<>();
    for (Entry entry : entries) {
      if (shown.merge(entry.budget(), 1, Integer::sum) <= most) {
        String value = entry.value();
        table.add(
            entry.budget(),
            value == null ? "" : Terminal.safe(value),
            entry.text(entry.spent()),
            entry.text(entry.limit()),
            percent(entry),
            entry.window(),
            entry.resetsAt().toString(),
            entry.action().id());
      }
    }
    if (table.isEmpty()) {
      spec.commandLine().getOut().println("nothing was spent of any budget");
    } else {
      table.print(spec.commandLine().getOut());
    }
    shown.forEach(
        (budget, all) -> {
          if (spec != null && all > most) {
            spec.commandLine().getOut().println(budget + ": " + (all - most) + " more");
          }
        });
  }

  private static String percent(Entry entry) {
    Long limit = entry.limit();
    return limit == null ? "" : Long.toString(Math.round(100.0 * entry.spent() / limit));
  }
}
