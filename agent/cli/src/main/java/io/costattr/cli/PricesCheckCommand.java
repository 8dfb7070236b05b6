package io.costattr.cli;

import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceFault;
import io.costattr.core.price.PriceRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says all that is wrong with a price file. */
@Command(
    name = "check",
    description = "Says everything that is wrong with a price file, line by line.",
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example: prices check /etc/acme/prices.csv",
      "Exit codes: 0 the file can be used, 1 it cannot."
    })
final class PricesCheckCommand implements Callable<Integer> {
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
    List<PriceFault> faults;
    try (InputStream in = Files.newInputStream(file)) {
      faults = PriceBook.check(file.toString(), in);
    } catch (IOException e) {
      throw new Refusal("cannot read " + file + ": " + e);
    }
    for (PriceFault fault : faults) {
      String line = fault.line() > 0 ? ", line " + fault.line() : "";
      out.println(file + line + ": " + Terminal.safe(fault.reason()));
    }
    if (!faults.isEmpty()) {
      out.println(
          faults.size() == 1
              ? "1 fault: the agent would refuse the file"
              : faults.size() + " faults: the agent would refuse the file");
      return 1;
    }
    PriceBook book = Books.read(file);
    Set<String> models = new HashSet<>();
    for (PriceRow row : book.rows()) {
      models.add(row.provider() + '/' + row.model());
    }
    out.println(
        file
            + " is good: version "
            + Terminal.safe(book.version())
            + ", rows: "
            + book.rows().size()
            + ", models: "
            + models.size());
    return 0;
  }
}
