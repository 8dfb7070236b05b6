package io.costattr.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of a cost: quantity times rate, and whether they are and add up to what is said. */
final class Arithmetic {
  /** Costs are exact to the pico-dollar, a finer product is rounded half-even. */
  private static final int DECIMALS = 12;

  private final List<JsonObject> lines;
  private final @Nullable BigDecimal total;
  private final List<String> faults = new ArrayList<>();

  Arithmetic(List<JsonObject> lines, @Nullable BigDecimal total) {
    this.lines = lines;
    this.total = total;
    check();
  }

  /** Whether no line and no sum contradicts another. */
  boolean isRight() {
    return faults.isEmpty();
  }

  void print(PrintWriter out) {
    List<String[]> table = new ArrayList<>();
    for (JsonObject line : lines) {
      table.add(cells(line));
    }
    table.add(
        new String[] {"total", "", "", "", total == null ? "not known" : "$" + plain(total), ""});
    int[] widths = new int[6];
    for (String[] cells : table) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cells[i].length());
      }
    }
    for (String[] cells : table) {
      StringBuilder text = new StringBuilder("  ");
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - cells[i].length());
        boolean left = i == 0 || i == 2 || i >= 4;
        text.append(left ? cells[i] + pad : pad + cells[i]).append(widths[i] == 0 ? "" : "  ");
      }
      out.println(text.toString().stripTrailing());
    }
    out.println();
    for (String fault : faults) {
      out.println("WRONG: " + fault);
    }
    if (faults.isEmpty() && total != null && !lines.isEmpty()) {
      out.println("The lines add up to cost_usd exactly.");
    }
  }

  private static String[] cells(JsonObject line) {
    BigDecimal usd = line.number("usd");
    BigDecimal cost = line.number("cost_usd");
    BigDecimal per = line.number("per");
    String row = line.text("row");
    return new String[] {
      Terminal.safe(String.valueOf(line.text("meter"))),
      grouped(line.number("quantity")),
      usd == null ? "" : "x $" + plain(usd) + " per " + grouped(per),
      "=",
      cost == null ? "not known" : "$" + plain(cost),
      row == null ? "no price row" : "row " + Terminal.safe(row)
    };
  }

  private void check() {
    BigDecimal sum = BigDecimal.ZERO;
    boolean whole = true;
    for (JsonObject line : lines) {
      BigDecimal cost = line.number("cost_usd");
      BigDecimal product = product(line);
      if (cost == null) {
        whole = false;
        continue;
      }
      sum = sum.add(cost);
      if (product != null && product.compareTo(cost) != 0) {
        faults.add(
            "the line " + line.text("meter") + " is $" + plain(product) + ", not $" + plain(cost));
      }
    }
    if (total != null && !lines.isEmpty()) {
      if (!whole) {
        faults.add("there is a total, but a line has no cost");
      } else if (sum.compareTo(total) != 0) {
        faults.add("the lines add up to $" + plain(sum) + ", cost_usd is $" + plain(total));
      }
    }
  }

  private static @Nullable BigDecimal product(JsonObject line) {
    BigDecimal quantity = line.number("quantity");
    BigDecimal usd = line.number("usd");
    BigDecimal per = line.number("per");
    if (quantity == null || usd == null || per == null || per.signum() == 0) {
      return null;
    }
    return quantity
        .multiply(usd, MathContext.UNLIMITED)
        .divide(per, DECIMALS, RoundingMode.HALF_EVEN);
  }

  /** Exact, without needless zeros. */
  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String grouped(@Nullable BigDecimal number) {
    return number == null ? "?" : String.format(Locale.ROOT, "%,d", number.toBigInteger());
  }
}
