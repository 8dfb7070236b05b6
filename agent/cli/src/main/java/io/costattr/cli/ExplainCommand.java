package io.costattr.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows how the cost of one event came about. */
@Command(
    name = "explain",
    description = "Shows the arithmetic behind the cost of one event.",
    usageHelpAutoWidth = true,
    footer = {"", "Example: explain 0199c1d2 --events events.jsonl"})
final class ExplainCommand implements Callable<Integer> {
  private static final int SHORTEST = 4;
  private static final int LISTED = 10;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Parameters(paramLabel = "EVENT_ID", description = "The event_id, or enough of its beginning.")
  String id = "";

  @Option(
      names = "--events",
      arity = "1..*",
      required = true,
      paramLabel = "FILE",
      description = "Files of events, plain or .gz; rotated ones (FILE.1 ...) are found.")
  List<Path> files = List.of();

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    if (id.length() < SHORTEST) {
      throw new Refusal(
          "\"" + id + "\" is too short; give the id's first " + SHORTEST + " or more");
    }
    Map<String, JsonObject> found = EventSearch.search(files, id);
    JsonObject exact = found.get(id);
    if (exact == null && found.size() != 1) {
      throw new Refusal(found.isEmpty() ? notFound() : ambiguous(found));
    }
    JsonObject event = exact != null ? exact : found.values().iterator().next();
    PrintWriter out = spec.commandLine().getOut();
    boolean right = new Explanation(event, out).print();
    return right ? 0 : 1;
  }

  private String notFound() {
    StringBuilder where = new StringBuilder();
    for (Path file : files) {
      where.append(where.isEmpty() ? "" : ", ").append(file);
    }
    return "no event " + id + " in " + where + "; was the file rotated away, or is it another?";
  }

  private String ambiguous(Map<String, JsonObject> found) {
    StringBuilder message =
        new StringBuilder(found.size() + " events begin with " + id + "; give more of the id:");
    found.keySet().stream().limit(LISTED).forEach(one -> message.append("\n  ").append(one));
    return message.append(found.size() > LISTED ? "\n  ..." : "").toString();
  }
}
