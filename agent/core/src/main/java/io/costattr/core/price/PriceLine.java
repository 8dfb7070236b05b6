package io.costattr.core.price;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a price file: its fields by column. What is not what its column holds is noted as a
 * fault and read as null, so that a line can say all that is wrong with it.
 */
final class PriceLine {
  private final long number;
  private final int[] positions;
  private final String[] fields;
  private final List<PriceFault> faults;
  private final int faultsBefore;

  /**
   * @param positions where each column stands, by its ordinal; -1 for one that the file lacks
   * @param faults where faults are noted
   */
  PriceLine(long number, int[] positions, String[] fields, List<PriceFault> faults) {
    this.number = number;
    this.positions = positions;
    this.fields = fields;
    this.faults = faults;
    faultsBefore = faults.size();
  }

  long number() {
    return number;
  }

  /** Notes a fault of this line. */
  void refuse(String reason) {
    faults.add(new PriceFault(number, reason));
  }

  /** Whether nothing of it has been refused so far. */
  boolean isGood() {
    return faults.size() == faultsBefore;
  }

  /** The text of the column, empty when there is none. */
  String text(PriceColumn column) {
    int position = positions[column.ordinal()];
    return position < 0 ? "" : fields[position].trim();
  }

  /** As {@link #text}, which must not be empty. */
  String required(PriceColumn column) {
    String said = text(column);
    if (said.isEmpty()) {
      refuse(column.id + " is empty");
    }
    return said;
  }

  @Nullable BigDecimal decimal(PriceColumn column) {
    String said = required(column);
    if (said.isEmpty()) {
      return null;
    }
    try {
      return Rate.decimal(said);
    } catch (NumberFormatException e) {
      refuse(column.id + " \"" + said + "\" is not a plain decimal like 0.075");
      return null;
    }
  }

  /** A whole number of 1 or more; 0 when it is not. */
  long whole(PriceColumn column) {
    String said = required(column);
    if (said.isEmpty()) {
      return 0;
    }
    try {
      BigDecimal value = Rate.decimal(said);
      if (value.scale() == 0 && value.signum() > 0) {
        return value.longValueExact();
      }
    } catch (NumberFormatException e) {
      refuse(notWhole(column, said));
      return 0;
    }
    refuse(notWhole(column, said));
    return 0;
  }

  private static String notWhole(PriceColumn column, String said) {
    return column.id + " \"" + said + "\" is not a whole number of 1 or more";
  }

  /** The day that a text of the column names, {@code 2026-11-23}. */
  @Nullable LocalDate date(PriceColumn column, String said) {
    if (said.length() == 10 && said.charAt(4) == '-' && said.charAt(7) == '-') {
      int year = digits(said, 0, 4);
      int month = digits(said, 5, 7);
      int day = digits(said, 8, 10);
      if (year >= 0 && month >= 0 && day >= 0) {
        try {
          return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
          refuse(column.id + " \"" + said + "\" is no day of the calendar");
          return null;
        }
      }
    }
    refuse(column.id + " \"" + said + "\" is not a date like 2026-11-23");
    return null;
  }

  /**
   * The second of the day that {@code T16:00Z} behind a date names; -1 when it is none, 0 when
   * there is nothing behind the date.
   */
  static int secondOfDay(String said) {
    if (said.length() == 10) {
      return 0;
    }
    if (said.length() == 17
        && said.charAt(10) == 'T'
        && said.charAt(13) == ':'
        && said.charAt(16) == 'Z') {
      int hour = digits(said, 11, 13);
      int minute = digits(said, 14, 16);
      if (hour >= 0 && hour < 24 && minute >= 0 && minute < 60) {
        return hour * 3_600 + minute * 60;
      }
    }
    return -1;
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

  void notOneOf(PriceColumn column, Enum<?>[] allowed) {
    StringBuilder reason = new StringBuilder(column.id);
    reason.append(" \"").append(text(column)).append("\" is not one of ");
    for (int i = 0; i < allowed.length; i++) {
      reason.append(i == 0 ? "" : ", ").append(allowed[i].name().toLowerCase(Locale.ROOT));
    }
    refuse(reason.toString());
  }
}
