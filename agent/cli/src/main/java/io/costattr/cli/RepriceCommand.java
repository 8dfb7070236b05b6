package io.costattr.cli;

import io.costattr.core.Log;
import io.costattr.core.price.Cost;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.Tier;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prices recorded events again, and says what that makes of the bill. */
@Command(
    name = "reprice",
    description = {
      "Prices recorded events again, by another book, or as if another model or tier had answered,"
          + " and prints the sums before and after. Files of events are never changed."
    },
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Examples:",
      "  reprice --events events.jsonl                             by the prices of this version",
      "  reprice --events events.jsonl --at-book contract.csv      with a contract laid over",
      "  reprice --events events.jsonl --at-book contract.csv --out repriced.jsonl",
      "  reprice --events events.jsonl --model gpt-5.4-mini        had that model answered",
      "  reprice --events events.jsonl --tier batch                had it been a batch",
      "  reprice --events events.jsonl --at 2027-01-01             at the prices of that day",
      "Another model would have used other numbers of tokens: what is said is what these would cost."
    })
final class RepriceCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean help;

  @Option(
      names = "--events",
      arity = "1..*",
      required = true,
      paramLabel = "FILE",
      description = "Files of events, plain or .gz; rotated ones (FILE.1 ...) are found.")
  List<Path> files = List.of();

  @Option(
      names = "--at-book",
      paramLabel = "FILE",
      description = "A price file, laid over what ships; without it, what ships.")
  @Nullable Path bookFile;

  @Option(
      names = "--at",
      paramLabel = "DATE",
      description = "The day or instant whose prices are taken; without it, each call's own.")
  @Nullable String date;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "What if this model had answered every chat, response and completion.")
  @Nullable String model;

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      description = "What if that had been in this tier: standard, batch, flex, priority.")
  @Nullable String tierName;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A new file for the events with their new costs; not with a what-if.")
  @Nullable Path out;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not started by picocli");
    }
    // What has no price is counted below, not said model by model.
    Log.level(Log.Level.OFF);
    PrintWriter to = spec.commandLine().getOut();
    Repricing repricing = repricing();
    List<Path> sources = EventFiles.of(files);
    Totals totals = new Totals();
    Progress progress = new Progress(spec.commandLine().getErr(), System::nanoTime);
    if (out == null) {
      read(sources, repricing, totals, progress, null);
    } else {
      write(sources, repricing, totals, progress, out);
    }
    to.println("price book " + repricing.book().version());
    to.println();
    totals.print(to, repricing.isWhatIf() ? "would be" : "repriced");
    if (out != null) {
      to.println("The events with their new costs are in " + out + ".");
    }
    return 0;
  }

  private Repricing repricing() throws Refusal {
    Tier tier = tierName == null ? null : Tier.of(tierName);
    if (tierName != null && tier == null) {
      throw new Refusal(
          "tier \"" + tierName + "\" is not one of standard, batch, flex, priority, ultrafast");
    }
    Instant at = date == null ? null : Books.instant(date);
    PriceBook book = Books.with(bookFile);
    Repricing repricing = new Repricing(book, at, model, tier);
    if (out != null && repricing.isWhatIf()) {
      throw new Refusal("--out is for what was; what might have been is only printed");
    }
    if (model != null && !isKnown(book, model, at)) {
      throw new Refusal("no price of \"" + model + "\"; prices list shows what there is");
    }
    return repricing;
  }

  private static boolean isKnown(PriceBook book, String model, @Nullable Instant at) {
    Instant when = at == null ? Instant.now() : at;
    return book.providers().stream()
        .anyMatch(provider -> !book.inForce(provider, model, when).isEmpty());
  }

  /** Writes beside the file first: what has its name is whole. */
  private static void write(
      List<Path> sources, Repricing repricing, Totals totals, Progress progress, Path target)
      throws Refusal {
    if (Files.exists(target)) {
      throw new Refusal(target + " is there already; name a new file");
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (BufferedWriter writer =
          Files.newBufferedWriter(
              part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
        read(sources, repricing, totals, progress, writer);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Refusal("cannot write " + target + ": " + e);
    }
  }

  private static void read(
      List<Path> sources,
      Repricing repricing,
      Totals totals,
      Progress progress,
      @Nullable BufferedWriter writer)
      throws Refusal {
    long events = 0;
    for (Path source : sources) {
      try (BufferedReader lines = EventFiles.open(source)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          progress.of(++events);
          reprice(line, repricing, totals, writer);
        }
      } catch (EOFException | ZipException e) {
        // What could be read of a cut gzip file has been priced; the torn line is counted.
        totals.noEvent();
      } catch (IOException e) {
        throw new Refusal("cannot read " + source + ": " + e);
      }
    }
  }

  private static void reprice(
      String line, Repricing repricing, Totals totals, @Nullable BufferedWriter writer)
      throws IOException {
    JsonObject event = JsonObject.parse(line);
    if (event == null || event.text("event_id") == null) {
      if (!line.isBlank()) {
        totals.noEvent();
      }
      return;
    }
    Recorded recorded = new Recorded(event);
    if (recorded.isNotice()) {
      if (writer != null) {
        writer.write(line);
        writer.write('\n');
      }
      return;
    }
    Cost cost = repricing.cost(recorded);
    BigDecimal usd = cost == null || !Repricing.isKnown(cost) ? null : cost.usd();
    if (cost == null) {
      totals.kept(recorded.cost());
    } else if (usd == null) {
      totals.unpriced(recorded.cost());
    } else {
      totals.repriced(recorded.model(), recorded.cost(), usd);
    }
    if (writer != null) {
      writer.write(cost == null || usd == null ? line : RepricedEvent.of(line, cost));
      writer.write('\n');
    }
  }
}
