package io.costattr.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about rules. */
@Command(
    name = "rules",
    description = "Checks the rules of a configuration file and tries them.",
    usageHelpAutoWidth = true,
    subcommands = RulesCheckCommand.class,
    footer = {"", "Example: rules check costattr.yaml --sample sample.json"})
final class RulesCommand implements Runnable {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "name what: check");
    }
  }
}
