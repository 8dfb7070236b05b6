package io.costattr.cli;

import io.costattr.core.attribution.Dimension;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which call sites called without which dimension, how often, at what cost. */
@Command(
    name = "coverage",
    description = {
      "Says which call sites called without which dimension, how often and at what cost, dearest",
      "first. An event that comes twice counts once."
    },
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Examples:",
      "  coverage events.jsonl                            every dimension",
      "  coverage events.jsonl --required customer_id     one that matters"
    })
final class CoverageCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files of events, plain or gzip; rotated ones are found.")
  List<Path> files = List.of();

  @Option(
      names = "--required",
      split = "[,+]",
      paramLabel = "DIMENSION",
      description = "Only those: feature, route, customer_id, team, environment.")
  List<String> required = List.of();

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    Gaps gaps = new Gaps(dimensions());
    for (Path file : EventFiles.of(files)) {
      gaps.read(file);
    }
    gaps.print(out);
    return 0;
  }

  private Set<Dimension> dimensions() throws Refusal {
    Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
    for (String name : required) {
      Dimension dimension = Dimension.find(name.trim());
      if (dimension == null) {
        throw new Refusal(
            "no dimension \""
                + Terminal.safe(name)
                + "\"; there are feature, route, customer_id, team, environment");
      }
      dimensions.add(dimension);
    }
    return dimensions.isEmpty() ? EnumSet.allOf(Dimension.class) : dimensions;
  }
}
