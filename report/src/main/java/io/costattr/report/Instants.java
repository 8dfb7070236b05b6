package io.costattr.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instants as people write them, in UTC unless they say otherwise. */
final class Instants {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})\\s*([mhdw])");

  private Instants() {}

  /**
   * The instant meant: a day ({@code 2026-11-23}: its start), a date and time, or how long before
   * now ({@code 90m}, {@code 24h}, {@code 7d}, {@code 2w}).
   *
   * @throws IllegalArgumentException when it is none of these
   */
  static Instant of(String text, Instant now) {
    Matcher ago = AGO.matcher(text.toLowerCase(Locale.ROOT));
    if (ago.matches()) {
      long many = Long.parseLong(ago.group(1));
      return now.minus(
          switch (ago.group(2)) {
            case "m" -> Duration.ofMinutes(many);
            case "h" -> Duration.ofHours(many);
            case "d" -> Duration.ofDays(many);
            default -> Duration.ofDays(7 * many);
          });
    }
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      String withT = text.replace(' ', 'T');
      return withT.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
          ? OffsetDateTime.parse(withT).toInstant()
          : LocalDateTime.parse(withT).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
