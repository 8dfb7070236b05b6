package io.costattr.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.costattr.core.budget.Review;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells a store what was spent that it does not know: the answer of a warehouse, say. */
@Command(
    name = "load",
    description = {
      "Raises what was spent in the window of now to what a file says, where it is less.",
      "A line is BUDGET,VALUE,AMOUNT, the amount in USD, tokens or calls as the budget",
      "has it; VALUE is empty where the budget is one. It may be done twice."
    },
    usageHelpAutoWidth = true,
    footer = {"", "Example:", "  clickhouse client --query ... | budgets load -"})
final class BudgetsLoadCommand implements Callable<Integer> {
  private static final int FIELDS = 3;

  @Spec @Nullable CommandSpec spec;
  @Mixin BudgetsOptions options = new BudgetsOptions();

  @Parameters(paramLabel = "FILE", description = "CSV without a header; - is standard input.")
  String file = "-";

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    PrintWriter out = spec.commandLine().getOut();
    options.run((review, defaults) -> load(review, out));
    return 0;
  }

  private void load(Review review, PrintWriter out) throws IOException, Refusal {
    int lines = 0;
    int raised = 0;
    try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(open())) {
      for (CsvRecord record : records) {
        lines++;
        raised += load(review, record) ? 1 : 0;
      }
    } catch (CsvParseException | java.io.UncheckedIOException e) {
      throw new Refusal(file + " cannot be read: " + e.getMessage());
    }
    out.println(lines + " lines, " + raised + " of which the store had less");
  }

  private Reader open() throws IOException {
    return file.equals("-")
        ? new InputStreamReader(System.in, StandardCharsets.UTF_8)
        : Files.newBufferedReader(Path.of(file));
  }

  private static boolean load(Review review, CsvRecord record) throws Refusal {
    try {
      if (record.getFieldCount() != FIELDS) {
        throw new IOException("not a budget, a value and an amount");
      }
      return review.raise(record.getField(0), record.getField(1), record.getField(2));
    } catch (IOException fault) {
      throw new Refusal(
          "line " + record.getStartingLineNumber() + ": " + Terminal.safe("" + fault.getMessage()));
    }
  }
}
