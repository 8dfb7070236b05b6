package io.costattr.core.budget;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount as a person writes it: {@code $50}, {@code 0.25 USD}, {@code 2M tokens}, {@code 1000
 * calls}.
 *
 * @param value in the unit; USD in pico-USD
 */
record Amount(Unit unit, long value) {
  /** What is allowed, for messages. */
  static final String ALLOWED = "an amount above zero: $50, 50 USD, 2M tokens or 1000 calls";

  private static final Pattern DOLLARS =
      Pattern.compile("(?:\\$ ?([\\d_.]+)|([\\d_.]+) ?(?:\\$|USD|usd|US\\$))");
  private static final Pattern COUNT =
      Pattern.compile("([\\d_]+) ?([km]?) ?(tokens?|calls?)", Pattern.CASE_INSENSITIVE);
  private static final int PICO = 12;

  /** The amount, which is more than zero; null when the text is none. */
  static @Nullable Amount of(String text) {
    String trimmed = text.trim();
    Matcher dollars = DOLLARS.matcher(trimmed);
    if (dollars.matches()) {
      String digits = dollars.group(1) != null ? dollars.group(1) : dollars.group(2);
      return positive(Unit.USD, digits, PICO);
    }
    Matcher count = COUNT.matcher(trimmed);
    if (!count.matches()) {
      return null;
    }
    String thousands = count.group(2).toLowerCase(Locale.ROOT);
    boolean tokens = count.group(3).toLowerCase(Locale.ROOT).startsWith("token");
    return positive(
        tokens ? Unit.TOKENS : Unit.CALLS,
        count.group(1),
        thousands.isEmpty() ? 0 : thousands.equals("k") ? 3 : 6);
  }

  private static @Nullable Amount positive(Unit unit, String digits, int zeros) {
    try {
      long value =
          new BigDecimal(digits.replace("_", "")).scaleByPowerOfTen(zeros).longValueExact();
      return value > 0 ? new Amount(unit, value) : null;
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  /** An amount of that unit for a person to read: {@code $49.87}, {@code 1200 tokens}. */
  static String text(Unit unit, long value) {
    if (unit != Unit.USD) {
      return value + " " + unit.id();
    }
    BigDecimal usd = BigDecimal.valueOf(value, PICO).stripTrailingZeros();
    return "$" + (usd.scale() < 2 ? usd.setScale(2) : usd).toPlainString();
  }
}
