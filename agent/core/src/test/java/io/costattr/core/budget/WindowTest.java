package io.costattr.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.budget.Window.Calendar;
import io.costattr.core.budget.Window.Period;
import io.costattr.core.budget.Window.Rolling;
import io.costattr.core.budget.Window.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static String span(Window window, String instant) {
    Span span = window.at(Instant.parse(instant).toEpochMilli());
    return Instant.ofEpochMilli(span.slot()) + " .. " + Instant.ofEpochMilli(span.end());
  }

  @Test
  void aMonthBeginsAtMidnightOfItsZone() {
    Window month = new Calendar(Period.MONTH, BERLIN);
    assertThat(span(month, "2026-11-30T22:59:59Z"))
        .isEqualTo("2026-10-31T23:00:00Z .. 2026-11-30T23:00:00Z");
    assertThat(span(month, "2026-11-30T23:00:00Z"))
        .isEqualTo("2026-11-30T23:00:00Z .. 2026-12-31T23:00:00Z");
  }

  @Test
  void aMonthInWhichTheClockIsSetIsAnHourLongerOrShorter() {
    Window month = new Calendar(Period.MONTH, BERLIN);
    assertThat(span(month, "2026-10-15T00:00:00Z"))
        .isEqualTo("2026-09-30T22:00:00Z .. 2026-10-31T23:00:00Z");
  }

  @Test
  void aLeapDayIsADayOfFebruary() {
    assertThat(span(new Calendar(Period.MONTH, ZoneId.of("UTC")), "2028-02-29T23:59:59Z"))
        .isEqualTo("2028-02-01T00:00:00Z .. 2028-03-01T00:00:00Z");
  }

  @Test
  void aWeekBeginsOnMonday() {
    Window week = new Calendar(Period.WEEK, BERLIN);
    assertThat(span(week, "2026-11-22T22:59:59Z"))
        .isEqualTo("2026-11-15T23:00:00Z .. 2026-11-22T23:00:00Z");
    assertThat(span(week, "2026-11-22T23:00:00Z"))
        .isEqualTo("2026-11-22T23:00:00Z .. 2026-11-29T23:00:00Z");
  }

  @Test
  void theWeekOfNewYearIsOneWeek() {
    Window week = new Calendar(Period.WEEK, ZoneId.of("UTC"));
    assertThat(span(week, "2026-12-31T12:00:00Z")).isEqualTo(span(week, "2027-01-02T12:00:00Z"));
  }

  @Test
  void aDayInWhichTheClockIsSetBackHas25Hours() {
    Window day = new Calendar(Period.DAY, BERLIN);
    assertThat(span(day, "2026-10-25T12:00:00Z"))
        .isEqualTo("2026-10-24T22:00:00Z .. 2026-10-25T23:00:00Z");
  }

  @Test
  void aDayWithoutMidnightBeginsWhenItBegins() {
    // Clocks of Cuba go from 0:00 to 1:00.
    Window day = new Calendar(Period.DAY, ZoneId.of("America/Havana"));
    assertThat(span(day, "2026-03-08T12:00:00Z"))
        .isEqualTo("2026-03-08T05:00:00Z .. 2026-03-09T04:00:00Z");
  }

  @Test
  void anHourThatComesTwiceIsTwoHours() {
    Window hour = new Calendar(Period.HOUR, BERLIN);
    assertThat(span(hour, "2026-10-25T00:30:00Z"))
        .isEqualTo("2026-10-25T00:00:00Z .. 2026-10-25T01:00:00Z");
    assertThat(span(hour, "2026-10-25T01:30:00Z"))
        .isEqualTo("2026-10-25T01:00:00Z .. 2026-10-25T02:00:00Z");
  }

  @Test
  void anHourBeginsWhenTheClockOfItsZoneSaysSo() {
    assertThat(span(new Calendar(Period.HOUR, ZoneId.of("Asia/Kolkata")), "2026-11-23T10:00:00Z"))
        .isEqualTo("2026-11-23T09:30:00Z .. 2026-11-23T10:30:00Z");
  }

  @Test
  void aChangeByHalfAnHourEndsAnHour() {
    // On Lord Howe Island clocks go back by 30 minutes, from 2:00 to 1:30.
    Window hour = new Calendar(Period.HOUR, ZoneId.of("Australia/Lord_Howe"));
    assertThat(span(hour, "2026-04-04T14:45:00Z"))
        .isEqualTo("2026-04-04T14:00:00Z .. 2026-04-04T15:00:00Z");
    assertThat(span(hour, "2026-04-04T15:10:00Z"))
        .isEqualTo("2026-04-04T15:00:00Z .. 2026-04-04T15:30:00Z");
  }

  @Test
  void aRollingWindowCountsItsOldestSlotAsAWhole() {
    Window rolling = new Rolling(Duration.ofHours(1));
    long now = Instant.parse("2026-11-23T10:00:30Z").toEpochMilli();
    Span span = rolling.at(now);
    assertThat(Instant.ofEpochMilli(span.slot())).isEqualTo("2026-11-23T10:00:00Z");
    assertThat(Instant.ofEpochMilli(span.from())).isEqualTo("2026-11-23T09:00:00Z");
    assertThat(span.step()).isEqualTo(60_000);
  }

  @Property
  void slotsFollowEachOtherWithoutGaps(
      @ForAll("windows") Window window, @ForAll("instants") long millis) {
    Span span = window.at(millis);
    assertThat(span.contains(millis)).isTrue();
    assertThat(window.at(span.slot())).isEqualTo(span);
    assertThat(window.at(span.end() - 1)).isEqualTo(span);
    assertThat(window.at(span.end()).slot()).isEqualTo(span.end());
    assertThat(window.at(span.slot() - 1).end()).isEqualTo(span.slot());
    assertThat(span.from()).isLessThanOrEqualTo(span.slot());
  }

  @Property
  void whatIsSpentInARollingWindowLeavesOneSlotTooLateAtMostAndNeverTooEarly(
      @ForAll("instants") long spent, @ForAll("lengths") Duration length) {
    Window window = new Rolling(length);
    long slot = window.at(spent).slot();
    assertThat(window.at(spent + length.toMillis() - 1).from()).isLessThanOrEqualTo(slot);
    long late = length.toMillis() / Rolling.SLOTS;
    assertThat(window.at(spent + length.toMillis() + late).from()).isGreaterThan(slot);
  }

  @Provide
  Arbitrary<Duration> lengths() {
    return Arbitraries.longs().between(1, 366 * 24 * 60).map(Duration::ofMinutes);
  }

  @Provide
  Arbitrary<Long> instants() {
    return Arbitraries.longs()
        .between(
            Instant.parse("2025-01-01T00:00:00Z").toEpochMilli(),
            Instant.parse("2031-01-01T00:00:00Z").toEpochMilli());
  }

  @Provide
  Arbitrary<Window> windows() {
    List<ZoneId> zones = ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();
    Arbitrary<Window> calendars =
        Arbitraries.of(zones)
            .flatMap(zone -> Arbitraries.of(Period.class).map(p -> new Calendar(p, zone)));
    return Arbitraries.oneOf(calendars, lengths().map(Rolling::new));
  }
}
