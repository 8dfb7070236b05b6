package io.costattr.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** A way to print a report. */
interface Format {
  /** What stands for a value that calls do not have, in tables for people. */
  String NONE = "(none)";

  /** What stands at the head of the row of totals. */
  String TOTAL = "(total)";

  /**
   * Prints the report.
   *
   * @param totals whether with the row of totals
   */
  void print(Report report, boolean totals, Writer out) throws IOException;

  /** The formats by their names. */
  enum Name {
    TABLE,
    CSV,
    JSON,
    MARKDOWN;

    Format format() {
      return switch (this) {
        case TABLE -> new TableFormat(false);
        case CSV -> new CsvFormat();
        case JSON -> new JsonFormat();
        case MARKDOWN -> new TableFormat(true);
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
