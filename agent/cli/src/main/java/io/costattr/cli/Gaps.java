package io.costattr.cli;

import static io.costattr.core.attribution.ResolvedAttribution.UNATTRIBUTED;

import io.costattr.core.attribution.Dimension;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;

/** What the events of files lack, by call site. Not thread-safe. */
final class Gaps {
  private static final String UNKNOWN = "(unknown)";

  private record Gap(String site, String missing) {}

  private static final class Tally {
    private long calls;
    private long unpriced;
    private BigDecimal usd = BigDecimal.ZERO;
  }

  private final Set<Dimension> required;
  private final Map<Gap, Tally> gaps = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private long calls;

  Gaps(Set<Dimension> required) {
    this.required = required;
  }

  /**
   * Takes the events of a file.
   *
   * @throws Refusal when it cannot be read
   */
  void read(Path file) throws Refusal {
    try (BufferedReader lines = EventFiles.open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonObject event = JsonObject.parse(line);
        if (event != null) {
          take(event);
        }
      }
    } catch (EOFException | ZipException e) {
      // What could be read of a cut gzip file counts.
    } catch (IOException e) {
      throw new Refusal("cannot read " + file + ": " + e);
    }
  }

  private void take(JsonObject event) {
    String kind = event.text("event");
    String id = event.text("event_id");
    if (kind == null || !kind.endsWith(".request") || id == null || !seen.add(id)) {
      return;
    }
    calls++;
    List<String> missing = new ArrayList<>();
    for (Dimension dimension : required) {
      if (UNATTRIBUTED.equals(event.text(dimension.id()))) {
        missing.add(dimension.id());
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    String site = event.text("call_site");
    Tally tally =
        gaps.computeIfAbsent(
            new Gap(site == null ? UNKNOWN : site, String.join(", ", missing)),
            unused -> new Tally());
    BigDecimal cost = event.number("cost_usd");
    tally.calls++;
    if (cost == null) {
      tally.unpriced++;
    } else {
      tally.usd = tally.usd.add(cost);
    }
  }

  void print(PrintWriter out) {
    Table table = new Table("call site", ">calls", ">USD", ">without a price", "without");
    List<Map.Entry<Gap, Tally>> sorted = new ArrayList<>(gaps.entrySet());
    sorted.sort(
        Comparator.comparing((Map.Entry<Gap, Tally> one) -> one.getValue().usd)
            .thenComparing(one -> one.getValue().calls)
            .reversed()
            .thenComparing(one -> one.getKey().toString()));
    long lacking = 0;
    long unpriced = 0;
    BigDecimal usd = BigDecimal.ZERO;
    for (Map.Entry<Gap, Tally> one : sorted) {
      Tally tally = one.getValue();
      lacking += tally.calls;
      unpriced += tally.unpriced;
      usd = usd.add(tally.usd);
      table.add(
          Terminal.safe(one.getKey().site),
          Long.toString(tally.calls),
          tally.unpriced == tally.calls ? "" : Arithmetic.plain(tally.usd),
          tally.unpriced == 0 ? "" : Long.toString(tally.unpriced),
          one.getKey().missing);
    }
    out.println(
        lacking == 0
            ? "every one of " + calls + " calls says who pays"
            : lacking
                + " of "
                + calls
                + " calls lack a dimension"
                + (unpriced == lacking ? "" : ", for $" + Arithmetic.plain(usd))
                + (unpriced == 0 ? "" : ", " + unpriced + " without a price"));
    if (!table.isEmpty()) {
      out.println();
      table.print(out);
    }
  }
}
