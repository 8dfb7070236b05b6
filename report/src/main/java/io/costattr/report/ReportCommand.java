package io.costattr.report;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code report}: from the arguments to a query, from the files to its answer. */
@Command(
    name = "report",
    description = "Who spends the bill: tables over the agent's event files.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Examples:",
      "  report events.jsonl --by feature",
      "  report 'logs/*.jsonl' --by day,model --since 7d --format csv",
      "  report logs --by customer --where feature=chat --sort calls --limit 20",
      "",
      "Exit codes: 0 done, 1 bad input, 2 bad usage."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "EVENTS",
      description =
          "Files of events (plain or .gz), folders of them, or globs. Files of several JVMs go"
              + " together; an event that comes twice is counted once.")
  List<String> events = List.of();

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "DIMENSION",
      description =
          "Group by: feature, customer, route, team, environment, service, model, provider,"
              + " endpoint, client, basis, day, hour, tag.NAME. Without it: the total.")
  List<String> by = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Calls from then on: 2026-11-23, 2026-11-23T10:00Z (UTC), or 24h, 7d ago.")
  @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description = "Calls before then; 2026-11-23 is where that day begins.")
  @Nullable String until;

  @Option(
      names = "--where",
      paramLabel = "KEY=VALUE",
      description =
          "Only calls with that value of a dimension; again for another. Several values of one"
              + " dimension are alternatives; no value means calls that have none.")
  List<String> where = new ArrayList<>();

  @Option(
      names = "--sort",
      paramLabel = "COLUMN[:asc|:desc]",
      description =
          "Order by a column: cost, calls, failed, tokens_in, tokens_out, tokens_cached, unpriced,"
              + " unknown, at_risk, or a dimension of --by. Usual: the dearest first, time in its"
              + " order.")
  @Nullable String sort;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      description = "At most so many rows; the total counts all.")
  @Nullable Long limit;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv, json or markdown. Usual: ${DEFAULT-VALUE}.")
  Format.Name format = Format.Name.TABLE;

  @Option(
      names = "--no-total",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Leave out the row of totals.")
  boolean total = true;

  @Option(
      names = "--no-rotated",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Read only the file named, not events.jsonl.1 and so on as well.")
  boolean rotated = true;

  @Override
  public Integer call() throws Exception {
    Query query = query(Instant.now());
    PrintWriter err = spec().commandLine().getErr();
    List<Path> files = EventFiles.of(events, rotated);
    try (EventTable table = new EventTable()) {
      Complaints complaints = new Complaints(err);
      Loaded loaded = table.load(files, complaints);
      if (loaded.bad() > 0) {
        err.println("[report] bad lines left out: " + loaded.bad());
      }
      if (loaded.calls() == 0) {
        throw new BadInput(
            "no calls in "
                + (files.size() == 1 ? files.get(0) : files.size() + " files")
                + (loaded.notices() == 0 && loaded.bad() == 0 ? ": no events at all" : ""));
      }
      Report report = new QueryRun(table.connection(), query).run(loaded);
      if (!report.total().has(Measure.CALLS)) {
        err.println("[report] none of the " + loaded.calls() + " calls read is chosen");
      }
      PrintWriter out = spec().commandLine().getOut();
      format.format().print(report, total, out);
      out.flush();
    }
    return 0;
  }

  private Query query(Instant now) {
    List<Dimension> dimensions = new ArrayList<>();
    for (String name : by) {
      Dimension dimension = dimension("--by", name.strip());
      if (!dimensions.contains(dimension)) {
        dimensions.add(dimension);
      }
    }
    Map<Dimension, List<String>> chosen = new LinkedHashMap<>();
    for (String condition : where) {
      int equals = condition.indexOf('=');
      if (equals < 0) {
        throw usage("--where " + condition + ": write KEY=VALUE");
      }
      chosen
          .computeIfAbsent(
              dimension("--where", condition.substring(0, equals).strip()),
              key -> new ArrayList<>())
          .add(condition.substring(equals + 1));
    }
    if (limit != null && limit < 1) {
      throw usage("--limit " + limit + ": 1 or more");
    }
    return new Query(
        List.copyOf(dimensions),
        instant("--since", since, now),
        instant("--until", until, now),
        chosen,
        order(dimensions),
        limit == null ? Long.MAX_VALUE : limit);
  }

  private Dimension dimension(String option, String name) {
    Dimension dimension = Dimension.of(name);
    if (dimension == null) {
      throw usage(option + ": no dimension \"" + name + "\"; there are " + Dimension.names());
    }
    return dimension;
  }

  private Query.@Nullable Order order(List<Dimension> dimensions) {
    if (sort == null) {
      return null;
    }
    String column = sort;
    Boolean descending = null;
    String lower = sort.toLowerCase(Locale.ROOT);
    if (lower.endsWith(":asc") || lower.endsWith(":desc")) {
      descending = lower.endsWith(":desc");
      column = sort.substring(0, sort.lastIndexOf(':'));
    }
    Measure measure = Measure.of(column);
    if (measure != null) {
      return new Query.Order(-1, measure, descending == null || descending);
    }
    Dimension dimension = Dimension.of(column);
    int index = dimension == null ? -1 : dimensions.indexOf(dimension);
    if (index < 0) {
      throw usage(
          "--sort "
              + sort
              + ": no such column; there are cost, calls, failed, tokens_in, tokens_out,"
              + " tokens_cached, share, unpriced, unknown, at_risk and the dimensions of --by");
    }
    return new Query.Order(index, null, descending != null && descending);
  }

  private @Nullable Instant instant(String option, @Nullable String text, Instant now) {
    try {
      return text == null ? null : Instants.of(text, now);
    } catch (IllegalArgumentException e) {
      throw usage(
          option + " " + text + ": write 2026-11-23, 2026-11-23T10:00Z, or 24h, 7d for ago");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec().commandLine(), message);
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    return spec;
  }
}
