package io.costattr.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums of what events cost and would cost, by model; of a bounded number of models. */
final class Totals {
  private static final int MAX_MODELS = 1_000;
  private static final String OTHERS = "(other models)";
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Map<String, Sum> models = new HashMap<>();
  private final Sum all = new Sum();
  private long kept;
  private BigDecimal keptUsd = BigDecimal.ZERO;
  private long unpriced;
  private BigDecimal unpricedUsd = BigDecimal.ZERO;
  private long noEvents;

  /**
   * An event that was priced again.
   *
   * @param before what it cost; null when that was not known
   */
  void repriced(String model, @Nullable BigDecimal before, BigDecimal after) {
    Sum sum = models.get(model);
    if (sum == null) {
      sum = models.computeIfAbsent(models.size() < MAX_MODELS ? model : OTHERS, name -> new Sum());
    }
    sum.add(before, after);
    all.add(before, after);
  }

  /** An event whose cost stays, because no price book made it. */
  void kept(@Nullable BigDecimal usd) {
    kept++;
    keptUsd = usd == null ? keptUsd : keptUsd.add(usd);
  }

  /** An event for which the book has no price. */
  void unpriced(@Nullable BigDecimal usd) {
    unpriced++;
    unpricedUsd = usd == null ? unpricedUsd : unpricedUsd.add(usd);
  }

  /** A line that is no event. */
  void noEvent() {
    noEvents++;
  }

  /**
   * Prints them.
   *
   * @param after what the new cost is called
   */
  void print(PrintWriter out, String after) {
    Table table = new Table("model", ">events", ">recorded", ">" + after, ">change", "");
    List<Map.Entry<String, Sum>> byCost = new ArrayList<>(models.entrySet());
    byCost.sort(
        (a, b) -> {
          int order = b.getValue().before.compareTo(a.getValue().before);
          return order != 0 ? order : a.getKey().compareTo(b.getKey());
        });
    byCost.forEach(entry -> add(table, Terminal.safe(entry.getKey()), entry.getValue()));
    add(table, "total", all);
    table.print(out);
    note(out, "whose recorded cost was not known, $0 in the sum", all.unknownBefore, null);
    note(out, "without a price in this book, in neither sum", unpriced, unpricedUsd);
    note(
        out,
        "not priced again (nothing billed, the provider's own charge, no usage, another kind of"
            + " call)",
        kept,
        keptUsd);
    if (noEvents > 0) {
      out.printf(Locale.ROOT, "lines that are no events: %,d%n", noEvents);
    }
  }

  private static void note(PrintWriter out, String what, long events, @Nullable BigDecimal usd) {
    if (events > 0) {
      String recorded = usd == null ? "" : ", recorded $" + Arithmetic.plain(usd);
      out.printf(Locale.ROOT, "events %s: %,d%s%n", what, events, recorded);
    }
  }

  private static void add(Table table, String name, Sum sum) {
    BigDecimal change = sum.after.subtract(sum.before);
    String percent =
        sum.before.signum() == 0
            ? ""
            : "("
                + (change.signum() > 0 ? "+" : "")
                + change
                    .multiply(HUNDRED, MathContext.DECIMAL128)
                    .divide(sum.before, 1, RoundingMode.HALF_EVEN)
                + " %)";
    table.add(
        name,
        String.format(Locale.ROOT, "%,d", sum.events),
        "$" + Arithmetic.plain(sum.before),
        "$" + Arithmetic.plain(sum.after),
        (change.signum() < 0 ? "-$" : change.signum() > 0 ? "+$" : "$")
            + Arithmetic.plain(change.abs()),
        percent);
  }

  private static final class Sum {
    private long events;
    private long unknownBefore;
    private BigDecimal before = BigDecimal.ZERO;
    private BigDecimal after = BigDecimal.ZERO;

    void add(@Nullable BigDecimal was, BigDecimal is) {
      events++;
      if (was == null) {
        unknownBefore++;
      } else {
        before = before.add(was);
      }
      after = after.add(is);
    }
  }
}
