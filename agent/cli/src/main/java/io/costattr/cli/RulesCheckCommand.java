package io.costattr.cli;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Dimension;
import io.costattr.core.rules.Outcome;
import io.costattr.core.rules.RuleFault;
import io.costattr.core.rules.RuleReader;
import io.costattr.core.rules.RuleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with rules, and what they would give for a sample. */
@Command(
    name = "check",
    description = {
      "Says everything that is wrong with the rules of a configuration file, and",
      "with --sample what each of the others would give for a call."
    },
    usageHelpAutoWidth = true,
    footer = {
      "",
      "A sample is a JSON object with any of headers, claims, mdc (objects), path,",
      "method, principal, caller, job (class.method), feature, route, customer_id,",
      "team, environment, tags; or a line of an events file.",
      "",
      "Examples:",
      "  rules check costattr.yaml",
      "  rules check costattr.yaml --sample sample.json",
      "  rules check costattr.yaml --sample '{\"headers\": {\"X-Customer-Id\": \"cust_1\"}}'",
      "Exit codes: 0 every rule can be used, 1 one cannot."
    })
final class RulesCheckCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Parameters(paramLabel = "FILE", description = "A configuration file, such as costattr.yaml.")
  Path file = Path.of("");

  @Option(
      names = "--sample",
      paramLabel = "EVENT",
      description = "A file with a sample or an event in it, or either as it is.")
  @Nullable String sample;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    RuleReader reader = read();
    Sample tried = sample == null ? null : Sample.of(sample);
    for (RuleFault fault : reader.faults()) {
      out.println(file + ", " + Terminal.safe(fault.toString()));
    }
    RuleSet rules = reader.rules();
    int faults = reader.faults().size();
    if (rules.size() + faults == 0) {
      out.println(file + " has no rules");
      return 0;
    }
    out.println(
        file
            + ": "
            + count(rules.size())
            + (faults == 0 ? "" : ", the agent would ignore " + faults));
    if (tried != null) {
      out.println();
      print(rules, tried, out);
    }
    return faults == 0 ? 0 : 1;
  }

  private static String count(int rules) {
    return switch (rules) {
      case 0 -> "no rule is good";
      case 1 -> "1 rule is good";
      default -> rules + " rules are good";
    };
  }

  private RuleReader read() throws Refusal {
    try {
      return RuleReader.read(file);
    } catch (IOException e) {
      throw new Refusal("cannot read " + file + ": " + e.getMessage());
    }
  }

  private static void print(RuleSet rules, Sample sample, PrintWriter out) {
    List<Outcome> outcomes = rules.preview(sample.stronger(), sample.weaker(), sample);
    Table table = new Table(">rule", ">line", "sets", "gives", "because");
    for (Outcome outcome : outcomes) {
      String value = outcome.value();
      table.add(
          Integer.toString(outcome.rule()),
          Integer.toString(outcome.line()),
          Terminal.safe(outcome.target()),
          value == null ? "" : Terminal.safe(value),
          Terminal.safe(outcome.reason()));
    }
    if (!table.isEmpty()) {
      table.print(out);
      out.println();
    }
    printWho(rules, sample, out);
  }

  /** Who would pay. */
  private static void printWho(RuleSet rules, Sample sample, PrintWriter out) {
    Attribution ruled = rules.say(sample.stronger(), sample.weaker(), sample);
    Attribution all = ruled == null ? sample.weaker() : sample.weaker().overlaid(ruled);
    all = all.overlaid(sample.stronger());
    Map<String, String> tags = new LinkedHashMap<>();
    Table table = new Table("", "value", "said by");
    for (Dimension dimension : Dimension.values()) {
      String value = all.value(dimension);
      table.add(
          dimension.id(),
          value == null ? "(unattributed)" : Terminal.safe(value),
          all.sources().of(dimension).id());
    }
    for (String tag : new TreeSet<>(all.tags().keySet())) {
      tags.put(tag, all.tags().get(tag));
    }
    tags.forEach((tag, value) -> table.add("tag." + Terminal.safe(tag), Terminal.safe(value), ""));
    table.print(out);
  }
}
