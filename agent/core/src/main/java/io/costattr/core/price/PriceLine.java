package io.costattr.core.price;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;

/**
 * One line of a price file: its fields by column, each refused with file, line and reason when it
 * is not what the column holds.
 */
final class PriceLine {
  private final String file;
  private final long number;
  private final int[] positions;
  private final String[] fields;

  /**
   * @param positions where each column stands, by its ordinal; -1 for one that the file lacks
   */
  PriceLine(String file, long number, int[] positions, String[] fields) {
    this.file = file;
    this.number = number;
    this.positions = positions;
    this.fields = fields;
  }

  long number() {
    return number;
  }

  /** The text of the column, empty when there is none. */
  String text(PriceColumn column) {
    int position = positions[column.ordinal()];
    return position < 0 ? "" : fields[position].trim();
  }

  String required(PriceColumn column) throws PriceFileException {
    String said = text(column);
    if (said.isEmpty()) {
      throw refused(column.id + " is empty");
    }
    return said;
  }

  BigDecimal decimal(PriceColumn column) throws PriceFileException {
    String said = required(column);
    try {
      return Rate.decimal(said);
    } catch (NumberFormatException e) {
      throw refused(column.id + " \"" + said + "\" is not a plain decimal like 0.075");
    }
  }

  /** A whole number of 1 or more. */
  long whole(PriceColumn column) throws PriceFileException {
    String said = required(column);
    try {
      BigDecimal value = Rate.decimal(said);
      if (value.scale() == 0 && value.signum() > 0) {
        return value.longValueExact();
      }
    } catch (NumberFormatException e) {
      throw refused(notWhole(column, said));
    }
    throw refused(notWhole(column, said));
  }

  private static String notWhole(PriceColumn column, String said) {
    return column.id + " \"" + said + "\" is not a whole number of 1 or more";
  }

  /** The day that a text of the column names, {@code 2026-11-23}. */
  LocalDate date(PriceColumn column, String said) throws PriceFileException {
    if (said.length() == 10 && said.charAt(4) == '-' && said.charAt(7) == '-') {
      int year = digits(said, 0, 4);
      int month = digits(said, 5, 7);
      int day = digits(said, 8, 10);
      if (year >= 0 && month >= 0 && day >= 0) {
        try {
          return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
          throw refused(column.id + " \"" + said + "\" is no day of the calendar");
        }
      }
    }
    throw refused(column.id + " \"" + said + "\" is not a date like 2026-11-23");
  }

  /** The number those digits make, or -1 when one is no digit. */
  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  PriceFileException notOneOf(PriceColumn column, Enum<?>[] allowed) {
    StringBuilder reason = new StringBuilder(column.id);
    reason.append(" \"").append(text(column)).append("\" is not one of ");
    for (int i = 0; i < allowed.length; i++) {
      reason.append(i == 0 ? "" : ", ").append(allowed[i].name().toLowerCase(Locale.ROOT));
    }
    return refused(reason.toString());
  }

  PriceFileException refused(String reason) {
    return new PriceFileException(file, number, reason);
  }
}
