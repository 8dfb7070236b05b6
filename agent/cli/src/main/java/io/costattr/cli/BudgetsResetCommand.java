package io.costattr.cli;

import io.costattr.core.budget.Review;
import io.costattr.core.budget.Review.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a budget begin anew. */
@Command(
    name = "reset",
    description = {
      "Lets a budget begin anew in the window of now, for one of its values. Programs",
      "that run hear of it in seconds; what is reserved for calls under way stays so.",
      "Events and their costs are left alone."
    },
    usageHelpAutoWidth = true,
    footer = {"", "Example:", "  budgets reset customers --value acme"})
final class BudgetsResetCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin BudgetsOptions options = new BudgetsOptions();

  @Parameters(paramLabel = "BUDGET", description = "The budget's name.")
  String budget = "";

  @Option(
      names = "--value",
      paramLabel = "VALUE",
      description = "For whom, where each has a budget of its own: a customer's id.")
  String value = "";

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    options.run((review, defaults) -> reset(review, out));
    return 0;
  }

  private void reset(Review review, PrintWriter out) throws IOException, Refusal {
    if (!review.has(budget)) {
      throw new Refusal("there is no budget " + Terminal.safe(budget) + "; see budgets show");
    }
    Entry before = review.reset(budget, value);
    out.println(
        budget
            + (value.isEmpty() ? "" : " of " + Terminal.safe(value))
            + " begins anew: "
            + before.text(before.spent())
            + " of "
            + before.text(before.limit())
            + " were spent");
  }
}
