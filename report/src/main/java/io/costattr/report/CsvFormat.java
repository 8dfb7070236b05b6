package io.costattr.report;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 with plain line ends. Every measure is a column, whether there is some of it or not;
 * what is not known is empty. The share is a fraction.
 */
final class CsvFormat implements Format {
  @Override
  public void print(Report report, boolean totals, Writer out) throws IOException {
    List<@Nullable String> head = new ArrayList<>();
    report.by().forEach(dimension -> head.add(dimension.name()));
    for (Measure measure : Measure.values()) {
      head.add(measure.id());
    }
    line(head, out);
    for (Report.Row row : report.rows()) {
      List<@Nullable String> cells = new ArrayList<>(row.keys());
      values(row, cells);
      line(cells, out);
    }
    if (totals || report.by().isEmpty()) {
      List<@Nullable String> cells = new ArrayList<>();
      for (int i = 0; i < report.by().size(); i++) {
        cells.add(i == 0 ? TOTAL : null);
      }
      values(report.total(), cells);
      line(cells, out);
    }
  }

  private static void values(Report.Row row, List<@Nullable String> cells) {
    for (Measure measure : Measure.values()) {
      BigDecimal value = row.value(measure);
      cells.add(value == null ? null : Decimals.plain(value));
    }
  }

  private static void line(List<@Nullable String> cells, Writer out) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      out.write(i == 0 ? "" : ",");
      String cell = cells.get(i);
      out.write(cell == null ? "" : quoted(cell));
    }
    out.write('\n');
  }

  private static String quoted(String cell) {
    boolean plain = !cell.isEmpty();
    for (int i = 0; plain && i < cell.length(); i++) {
      plain = "\",\r\n".indexOf(cell.charAt(i)) < 0;
    }
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
