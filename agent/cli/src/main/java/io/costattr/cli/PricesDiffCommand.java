package io.costattr.cli;

import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceRow;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares a price file with the book that ships. */
@Command(
    name = "diff",
    description = {
      "Compares the rows of a price file with the shipped prices that they would take the place of."
    },
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example: prices diff /etc/acme/prices.csv",
      "Each line is a row: + a price that does not ship, ~ another price than ships.",
      "What a file does not mention stays as it ships."
    })
final class PricesDiffCommand implements Callable<Integer> {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Parameters(paramLabel = "FILE", description = "A price file.")
  Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    PriceBook own = Books.read(file);
    PriceBook shipped = PriceBook.builtIn();
    int same = 0;
    int different = 0;
    int added = 0;
    for (PriceRow row : own.rows()) {
      PriceRow before = before(shipped, row);
      if (before == null) {
        added++;
        out.println("+ " + key(row) + ": " + rate(row) + time(row));
      } else if (one(before).compareTo(one(row)) != 0) {
        different++;
        out.println(
            "~ "
                + key(row)
                + ": "
                + rate(before)
                + " -> "
                + rate(row)
                + change(one(before), one(row))
                + time(row));
      } else {
        same++;
      }
    }
    out.println(
        Terminal.safe(own.version())
            + " beside "
            + shipped.version()
            + ": "
            + different
            + " other, "
            + added
            + " new, "
            + same
            + " the same");
    return 0;
  }

  /** The shipped row in force when a row of the file begins, or null. */
  private static @Nullable PriceRow before(PriceBook shipped, PriceRow row) {
    for (PriceRow other : shipped.inForce(row.provider(), row.model(), row.effectiveFrom())) {
      if (other.model().equals(row.model())
          && other.tier() == row.tier()
          && other.longContext() == row.longContext()
          && other.meter() == row.meter()
          && Objects.equals(other.hours(), row.hours())) {
        return other;
      }
    }
    return null;
  }

  private static String key(PriceRow row) {
    return row.provider()
        + " "
        + Terminal.safe(row.model())
        + " "
        + row.tier().id()
        + (row.longContext() ? " long " : " ")
        + row.meter().id();
  }

  private static String rate(PriceRow row) {
    return String.format(
        Locale.ROOT, "$%s per %,d", Arithmetic.plain(row.rate().usd()), row.rate().per());
  }

  private static BigDecimal one(PriceRow row) {
    return row.rate().usd().divide(BigDecimal.valueOf(row.rate().per()), MathContext.DECIMAL128);
  }

  private static String change(BigDecimal from, BigDecimal to) {
    if (from.signum() == 0) {
      return "";
    }
    BigDecimal percent =
        to.subtract(from).multiply(HUNDRED).divide(from, 1, RoundingMode.HALF_EVEN);
    return " (" + (percent.signum() > 0 ? "+" : "") + Arithmetic.plain(percent) + " %)";
  }

  private static String time(PriceRow row) {
    String from = row.effectiveFrom().toString().replace("T00:00:00Z", "");
    String to =
        row.effectiveTo() == null
            ? ""
            : " until " + row.effectiveTo().toString().replace("T00:00:00Z", "");
    return " since " + from + to + (row.hours() == null ? "" : " at " + row.hours());
  }
}
