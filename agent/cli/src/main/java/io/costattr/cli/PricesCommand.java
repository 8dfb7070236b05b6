package io.costattr.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about price books. */
@Command(
    name = "prices",
    description = "Lists prices, checks a file of your own, compares it with what ships.",
    usageHelpAutoWidth = true,
    subcommands = {
      PricesListCommand.class,
      PricesCheckCommand.class,
      PricesDiffCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  prices list gpt-5.5",
      "  prices check /etc/acme/prices.csv",
      "  prices diff /etc/acme/prices.csv"
    })
final class PricesCommand implements Runnable {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "name what: list, check or diff");
    }
  }
}
