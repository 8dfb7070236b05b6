package io.costattr.core.price;

import org.jspecify.annotations.Nullable;

/**
 * The hours of the week in which a row is in force, in UTC: {@code 01:00-04:00}, {@code mon-fri
 * 22:00-02:00}. A window that ends before it begins runs past midnight, and belongs to the day on
 * which it begins. Immutable.
 */
public final class Hours {
  private static final String[] DAYS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  private static final int ALL_DAYS = 0x7f;
  private static final int DAY = 86_400;

  /** 1970-01-01 was a Thursday. */
  private static final int EPOCH_DAY_OF_WEEK = 3;

  private final String text;
  private final int days;
  private final int from;
  private final int to;

  private Hours(String text, int days, int from, int to) {
    this.text = text;
    this.days = days;
    this.from = from;
    this.to = to;
  }

  /** The hours that a text names, or null when it is none. */
  static @Nullable Hours of(String text) {
    int days = ALL_DAYS;
    String window = text;
    int space = text.indexOf(' ');
    if (space >= 0) {
      days = days(text.substring(0, space));
      window = text.substring(space + 1);
    }
    if (window.length() != 11 || window.charAt(5) != '-') {
      return null;
    }
    int from = second(window, 0);
    int to = second(window, 6);
    if (days == 0 || from < 0 || to < 0 || from == DAY || from == to) {
      return null;
    }
    return new Hours(text, days, from, to);
  }

  /** A set of days by name, Monday in the lowest bit; 0 when the text names none. */
  private static int days(String text) {
    int dash = text.indexOf('-');
    int first = day(dash < 0 ? text : text.substring(0, dash));
    int last = dash < 0 ? first : day(text.substring(dash + 1));
    if (first < 0 || last < 0) {
      return 0;
    }
    int days = 0;
    for (int day = first; ; day = (day + 1) % DAYS.length) {
      days |= 1 << day;
      if (day == last) {
        return days;
      }
    }
  }

  private static int day(String name) {
    for (int day = 0; day < DAYS.length; day++) {
      if (DAYS[day].equals(name)) {
        return day;
      }
    }
    return -1;
  }

  /** The second of the day that {@code 01:30} names, up to 24:00; -1 when it is none. */
  private static int second(String text, int at) {
    int hours = twoDigits(text, at);
    int minutes = twoDigits(text, at + 3);
    if (hours < 0 || minutes < 0 || text.charAt(at + 2) != ':' || minutes > 59) {
      return -1;
    }
    int second = hours * 3_600 + minutes * 60;
    return second > DAY ? -1 : second;
  }

  private static int twoDigits(String text, int at) {
    int tens = text.charAt(at) - '0';
    int ones = text.charAt(at + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  /** Whether that instant, in seconds since 1970-01-01T00:00Z, is in one of the windows. */
  boolean contain(long epochSecond) {
    int second = (int) Math.floorMod(epochSecond, (long) DAY);
    long day = Math.floorDiv(epochSecond, (long) DAY);
    if (from < to) {
      return from <= second && second < to && onDay(day);
    }
    return second >= from ? onDay(day) : second < to && onDay(day - 1);
  }

  private boolean onDay(long epochDay) {
    return (days >> Math.floorMod(epochDay + EPOCH_DAY_OF_WEEK, 7) & 1) == 1;
  }

  /** As the price file has it. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hours that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
