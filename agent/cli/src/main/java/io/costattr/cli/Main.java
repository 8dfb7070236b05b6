package io.costattr.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code java -jar costattr.jar}: help, version and what the other commands are. */
@Command(
    name = "java -jar costattr.jar",
    description = {
      "Tells who spends the bill of a model provider.",
      "As an agent: java -javaagent:costattr.jar=events.file=events.jsonl ..."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpAutoWidth = true,
    subcommands = {
      AttachCommand.class,
      BudgetsCommand.class,
      CoverageCommand.class,
      ExplainCommand.class,
      PricesCommand.class,
      RepriceCommand.class,
      RulesCommand.class
    },
    footer = {"", "Exit codes: 0 done, 1 it did not work, 2 bad usage."})
public final class Main implements Runnable {
  @Spec @Nullable CommandSpec spec;

  /** Made by picocli. */
  Main() {}

  /**
   * Runs a command.
   *
   * @return 0 done, 1 it did not work, 2 bad usage
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    PrintWriter toOut = new PrintWriter(out, false, StandardCharsets.UTF_8);
    PrintWriter toErr = new PrintWriter(err, true, StandardCharsets.UTF_8);
    CommandLine line = new CommandLine(new Main()).setOut(toOut).setErr(toErr);
    line.setExecutionExceptionHandler(
        (fault, command, parsed) -> {
          toOut.flush();
          String message = fault instanceof Refusal ? fault.getMessage() : fault.toString();
          toErr.println("[costattr] " + message);
          return CommandLine.ExitCode.SOFTWARE;
        });
    int code = line.execute(args);
    toOut.flush();
    toErr.flush();
    return code;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "name a command");
    }
  }
}
