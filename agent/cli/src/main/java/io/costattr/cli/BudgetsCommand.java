package io.costattr.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about budgets. */
@Command(
    name = "budgets",
    description = "Shows how budgets stand, which of them concern a call, and lets one begin anew.",
    usageHelpAutoWidth = true,
    subcommands = {
      BudgetsShowCommand.class,
      BudgetsExplainCommand.class,
      BudgetsResetCommand.class,
      BudgetsLoadCommand.class,
      BudgetsFingerprintCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  budgets show",
      "  budgets explain --customer acme --model gpt-5.5",
      "  budgets reset customers --value acme"
    })
final class BudgetsCommand implements Runnable {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(), "name what: show, explain, reset, load or fingerprint");
    }
  }
}
