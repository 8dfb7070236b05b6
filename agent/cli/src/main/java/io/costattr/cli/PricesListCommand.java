package io.costattr.cli;

import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceRow;
import io.costattr.core.price.Tier;
import io.costattr.core.usage.Meter;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what is in a price book. */
@Command(
    name = "list",
    description = {
      "Lists the prices in force: every rate of a model, or of all models the rates of the standard"
          + " tier."
    },
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Examples:",
      "  prices list                                    all models",
      "  prices list gpt-5.5                            every rate of one",
      "  prices list claude-opus-4-6 --at 2026-03-01    as it was",
      "  prices list --provider deepseek --book my.csv  with a file laid over"
    })
final class PricesListCommand implements Callable<Integer> {
  private static final int SUGGESTED = 8;
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      description = "A model as responses name it, an alias, or a dated snapshot.")
  @Nullable String model;

  @Option(
      names = "--at",
      paramLabel = "DATE",
      description = "The day (from 00:00 UTC) or instant; now, if not given.")
  @Nullable String date;

  @Option(names = "--provider", paramLabel = "NAME", description = "Of one provider only.")
  @Nullable String provider;

  @Option(
      names = "--book",
      paramLabel = "FILE",
      description = "A price file that is laid over what ships.")
  @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    Instant at = date == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : Books.instant(date);
    PriceBook book = Books.with(file);
    Set<String> providers = book.providers();
    if (provider != null) {
      if (!providers.contains(provider)) {
        throw new Refusal(
            "no provider \"" + provider + "\"; there are " + String.join(", ", providers));
      }
      providers = Set.of(provider);
    }
    Table table = model == null ? models(book, providers, at) : rates(book, providers, at, model);
    if (table.isEmpty() && model != null) {
      throw new Refusal(unknown(book, model, at));
    }
    out.println("price book " + book.version() + ", in force at " + at);
    out.println();
    table.print(out);
    return 0;
  }

  private static Table rates(PriceBook book, Set<String> providers, Instant at, String model) {
    Table table =
        new Table(
            "provider",
            "model",
            "tier",
            "context",
            "meter",
            ">USD",
            ">per",
            "since",
            "until",
            "hours (UTC)",
            "confidence");
    for (String provider : providers) {
      for (PriceRow row : book.inForce(provider, model, at)) {
        table.add(
            row.provider(),
            row.model(),
            row.tier().id(),
            row.longContext() ? "over " + grouped(row.longContextOver()) : "",
            row.meter().id(),
            Arithmetic.plain(row.rate().usd()),
            grouped(row.rate().per()),
            instant(row.effectiveFrom()),
            instant(row.effectiveTo()),
            row.hours() == null ? "" : row.hours().toString(),
            row.confidence().id());
      }
    }
    return table;
  }

  private static Table models(PriceBook book, Set<String> providers, Instant at) {
    Table table =
        new Table("provider", "model", ">input", ">cached_input", ">output", "USD per 1M tokens");
    for (String provider : providers) {
      for (String model : names(book, provider)) {
        List<PriceRow> rows = new ArrayList<>();
        for (PriceRow row : book.inForce(provider, model, at)) {
          if (row.tier() == Tier.STANDARD && !row.longContext()) {
            rows.add(row);
          }
        }
        if (!rows.isEmpty()) {
          table.add(
              provider,
              model,
              million(rows, Meter.INPUT),
              million(rows, Meter.CACHED_INPUT),
              million(rows, Meter.OUTPUT),
              others(rows));
        }
      }
    }
    return table;
  }

  /** The models of a provider, without the fees that are the same for all. */
  private static Set<String> names(PriceBook book, String provider) {
    Set<String> names = new LinkedHashSet<>();
    for (PriceRow row : book.rows()) {
      if (row.provider().equals(provider) && !row.model().equals(PriceRow.ANY_MODEL)) {
        names.add(row.model());
      }
    }
    return names;
  }

  private static String million(List<PriceRow> rows, Meter meter) {
    for (PriceRow row : rows) {
      if (row.meter() == meter) {
        return Arithmetic.plain(
            row.rate()
                .usd()
                .multiply(MILLION)
                .divide(BigDecimal.valueOf(row.rate().per()), MathContext.DECIMAL64));
      }
    }
    return "";
  }

  private static String others(List<PriceRow> rows) {
    List<String> others = new ArrayList<>();
    for (PriceRow row : rows) {
      switch (row.meter()) {
        case INPUT, CACHED_INPUT, OUTPUT -> {}
        default ->
            others.add(
                row.meter().id()
                    + " "
                    + Arithmetic.plain(row.rate().usd())
                    + (row.rate().per() == 1_000_000 ? "" : " per " + grouped(row.rate().per())));
      }
    }
    return String.join(", ", others);
  }

  private static String unknown(PriceBook book, String model, Instant at) {
    Set<String> similar = new LinkedHashSet<>();
    boolean known = false;
    String sought = model.toLowerCase(Locale.ROOT);
    for (PriceRow row : book.rows()) {
      known |= row.model().equals(model);
      if (row.model().toLowerCase(Locale.ROOT).contains(sought)
          || sought.startsWith(row.model().toLowerCase(Locale.ROOT))) {
        similar.add(row.model());
      }
    }
    if (known) {
      return "no price of \"" + model + "\" is in force at " + at + "; try another --at";
    }
    return "no price of \""
        + Terminal.safe(model)
        + "\""
        + (similar.isEmpty()
            ? "; prices list shows all models"
            : "; there are " + String.join(", ", similar.stream().limit(SUGGESTED).toList()));
  }

  private static String instant(@Nullable Instant instant) {
    String text = instant == null ? "" : instant.toString();
    return text.endsWith("T00:00:00Z") ? text.substring(0, 10) : text;
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
