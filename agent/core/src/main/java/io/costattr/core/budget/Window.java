package io.costattr.core.budget;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The time over which a budget counts. Times are milliseconds since 1970 (UTC). Immutable; the same
 * instant is in the same slot in every JVM.
 */
sealed interface Window permits Window.Calendar, Window.Rolling {

  /** The slot of an instant. */
  Span at(long millis);

  /** As it stands in a budget's identity, for example {@code month,Europe/Berlin}. */
  String id();

  /** Whether what was spent leaves bit by bit, and not all at once. */
  boolean rolls();

  /** How long it is, about: a month counts 31 days. */
  Duration length();

  /**
   * A slot, and which slots count while time is in it.
   *
   * @param from the beginning of the first slot that counts
   * @param slot the beginning of this slot
   * @param end the end of this slot
   * @param step how far slots are apart; 0 when this is the only one that counts
   * @param until when this slot counts no more
   */
  record Span(long from, long slot, long end, long step, long until) {
    boolean contains(long millis) {
      return slot <= millis && millis < end;
    }
  }

  /** An hour, day, week (from Monday, ISO 8601) or month of the calendar of a zone. */
  record Calendar(Period period, ZoneId zone) implements Window {
    @Override
    public Span at(long millis) {
      Instant now = Instant.ofEpochMilli(millis);
      if (period == Period.HOUR) {
        return hour(now);
      }
      LocalDate day = LocalDate.ofInstant(now, zone);
      LocalDate first =
          switch (period) {
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            default -> day;
          };
      LocalDate next =
          switch (period) {
            case WEEK -> first.plusWeeks(1);
            case MONTH -> first.plusMonths(1);
            default -> first.plusDays(1);
          };
      return span(first.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
    }

    /** From full to full, by the offset of that instant; a change of the clock ends an hour. */
    private Span hour(Instant now) {
      long offset = zone.getRules().getOffset(now).getTotalSeconds();
      long second = now.getEpochSecond();
      long start = second - Math.floorMod(second + offset, 3600L);
      long end = start + 3600;
      ZoneOffsetTransition before = zone.getRules().previousTransition(now.plusNanos(1));
      if (before != null) {
        start = Math.max(start, before.toEpochSecond());
      }
      ZoneOffsetTransition after = zone.getRules().nextTransition(now);
      if (after != null) {
        end = Math.min(end, after.toEpochSecond());
      }
      return span(Instant.ofEpochSecond(start), Instant.ofEpochSecond(end));
    }

    private static Span span(Instant start, Instant end) {
      long from = start.toEpochMilli();
      return new Span(from, from, end.toEpochMilli(), 0, end.toEpochMilli());
    }

    @Override
    public String id() {
      return period.id() + "," + zone.getId();
    }

    @Override
    public boolean rolls() {
      return false;
    }

    @Override
    public Duration length() {
      return switch (period) {
        case HOUR -> Duration.ofHours(1);
        case DAY -> Duration.ofDays(1);
        case WEEK -> Duration.ofDays(7);
        case MONTH -> Duration.ofDays(31);
      };
    }
  }

  /**
   * The time before now, of a fixed length, in {@value #SLOTS} slots. The oldest slot counts as a
   * whole until all of it is too old: so nothing leaves too early, and everything at most one
   * sixtieth of the window too late.
   */
  record Rolling(Duration length) implements Window {
    static final int SLOTS = 60;

    @Override
    public Span at(long millis) {
      long step = step();
      long slot = Math.floorDiv(millis, step) * step;
      return new Span(
          slot - length.toMillis(), slot, slot + step, step, slot + step + length.toMillis());
    }

    /** A whole number: lengths are whole minutes. */
    private long step() {
      return length.toMillis() / SLOTS;
    }

    @Override
    public String id() {
      return "rolling," + length;
    }

    @Override
    public boolean rolls() {
      return true;
    }
  }

  /** A period of the calendar. */
  enum Period {
    HOUR,
    DAY,
    WEEK,
    MONTH;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** As it stands in policies, for example {@code month}. */
    String id() {
      return id;
    }

    static @Nullable Period of(String id) {
      for (Period period : values()) {
        if (period.id.equals(id)) {
          return period;
        }
      }
      return null;
    }
  }
}
