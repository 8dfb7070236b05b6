package io.costattr.report;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Columns for people, plain or as a Markdown table. Costs are exact and stand point under point;
 * counts have thousands separators; columns that few reports need come only where they say
 * something.
 */
final class TableFormat implements Format {
  private final boolean markdown;

  TableFormat(boolean markdown) {
    this.markdown = markdown;
  }

  @Override
  public void print(Report report, boolean totals, Writer out) throws IOException {
    int keys = report.by().size();
    List<Measure> measures =
        Arrays.stream(Measure.values())
            .filter(measure -> !measure.isExceptional() || report.total().has(measure))
            .toList();
    List<String[]> lines = new ArrayList<>();
    String[] head = new String[keys + measures.size()];
    for (int i = 0; i < head.length; i++) {
      head[i] = i < keys ? safe(report.by().get(i).name()) : measures.get(i - keys).title();
    }
    lines.add(head);
    for (Report.Row row : report.rows()) {
      lines.add(cells(row, row.keys().stream().map(TableFormat::key).toList(), measures));
    }
    if (totals || keys == 0) {
      List<String> label = new ArrayList<>(Collections.nCopies(keys, ""));
      if (keys > 0) {
        label.set(0, TOTAL);
      }
      lines.add(cells(report.total(), label, measures));
    }
    for (int i = 0; i < measures.size(); i++) {
      if (measures.get(i).isUsd()) {
        alignPoints(lines, keys + i);
      }
    }
    write(lines, keys, totals && keys > 0, out);
    if (!markdown) {
      notes(report, out);
    }
  }

  private String[] cells(Report.Row row, List<String> keys, List<Measure> measures) {
    String[] cells = new String[keys.size() + measures.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i < keys.size() ? safe(keys.get(i)) : value(row, measures.get(i - keys.size()));
    }
    return cells;
  }

  private static String key(@Nullable String key) {
    return key == null ? NONE : key;
  }

  private static String value(Report.Row row, Measure measure) {
    BigDecimal value = row.value(measure);
    return switch (measure) {
      case COST_USD -> value != null ? Decimals.usd(value) : notKnown(row);
      case AT_RISK_USD -> value == null ? "-" : Decimals.usd(value);
      case SHARE ->
          value == null
              ? "-"
              : value.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
      default -> value == null ? "-" : String.format(Locale.ROOT, "%,d", value.toBigInteger());
    };
  }

  private static String notKnown(Report.Row row) {
    if (!row.has(Measure.CALLS)) {
      return "-";
    }
    return row.has(Measure.UNPRICED) && !row.has(Measure.UNKNOWN) ? "unpriced" : "unknown";
  }

  private static void alignPoints(List<String[]> lines, int column) {
    int most = 0;
    for (String[] line : lines) {
      most = Math.max(most, behindPoint(line[column]));
    }
    for (String[] line : lines) {
      int behind = behindPoint(line[column]);
      if (behind > 0) {
        line[column] += " ".repeat(most - behind);
      }
    }
  }

  private static int behindPoint(String cell) {
    int point = cell.indexOf('.');
    return point < 0 ? 0 : cell.length() - point;
  }

  private void write(List<String[]> lines, int keys, boolean totals, Writer out)
      throws IOException {
    int[] widths = new int[lines.get(0).length];
    for (String[] line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(line[i]));
      }
    }
    for (int number = 0; number < lines.size(); number++) {
      if (!markdown && totals && number == lines.size() - 1) {
        rule(widths, keys, out);
      }
      line(lines.get(number), widths, keys, out);
      if (number == 0) {
        rule(widths, keys, out);
      }
    }
  }

  private void line(String[] cells, int[] widths, int keys, Writer out) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      line.append(markdown ? (i == 0 ? "| " : " | ") : i == 0 ? "" : "  ");
      String pad = " ".repeat(widths[i] - width(cells[i]));
      line.append(i < keys ? cells[i] + pad : pad + cells[i]);
    }
    out.write((markdown ? line + " |" : line.toString().stripTrailing()) + "\n");
  }

  private void rule(int[] widths, int keys, Writer out) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (markdown) {
        line.append(i < keys ? "|:" : "|-").append("-".repeat(widths[i]));
        line.append(i < keys ? "-" : ":");
      } else {
        line.append(i == 0 ? "" : "  ").append("-".repeat(widths[i]));
      }
    }
    out.write(line + (markdown ? "|\n" : "\n"));
  }

  private static void notes(Report report, Writer out) throws IOException {
    long hidden = report.groups() - report.rows().size();
    if (hidden > 0) {
      out.write(
          "%d more %s not shown; the total counts %s\n"
              .formatted(hidden, hidden == 1 ? "row is" : "rows are", hidden == 1 ? "it" : "them"));
    }
    if (report.total().has(Measure.UNPRICED)) {
      out.write("unpriced: the price book has no price for these calls; no sum counts them\n");
    }
    if (report.total().has(Measure.UNKNOWN)) {
      out.write("unknown: nobody can tell what these calls cost; no sum counts them\n");
    }
    if (report.total().has(Measure.AT_RISK_USD)) {
      out.write("at risk: may have been billed beyond the cost; an upper estimate\n");
    }
    if (report.loaded().duplicates() > 0) {
      out.write(
          "%,d lines repeat an event and are counted once\n"
              .formatted(report.loaded().duplicates()));
    }
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  /** Ids are the application's: none may command the terminal or end a cell. */
  private String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              boolean shown = type != Character.CONTROL && type != Character.FORMAT;
              safe.appendCodePoint(shown ? c : 0xfffd);
            });
    return markdown ? safe.toString().replace("\\", "\\\\").replace("|", "\\|") : safe.toString();
  }
}
