package io.costattr.core.price;

import static io.costattr.core.price.Query.answeredBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prices by the hour of the day and the day of the week. */
class HoursTest {

  @ParameterizedTest(name = "{0} has {1}: {2}")
  @CsvSource({
    // 2026-11-23 is a Monday.
    "01:00-04:00, 2026-11-23T00:59:59Z, false",
    "01:00-04:00, 2026-11-23T01:00:00Z, true",
    "01:00-04:00, 2026-11-23T03:59:59Z, true",
    "01:00-04:00, 2026-11-23T04:00:00Z, false",
    "00:00-24:00, 2026-11-23T23:59:59Z, true",
    "20:30-24:00, 2026-11-23T23:59:59Z, true",
    "20:30-24:00, 2026-11-24T00:00:00Z, false",
    "mon-fri 01:00-04:00, 2026-11-23T02:00:00Z, true",
    "mon-fri 01:00-04:00, 2026-11-27T02:00:00Z, true",
    "mon-fri 01:00-04:00, 2026-11-28T02:00:00Z, false",
    "mon-fri 01:00-04:00, 2026-11-29T02:00:00Z, false",
    "sat-mon 01:00-04:00, 2026-11-29T02:00:00Z, true",
    "sat-mon 01:00-04:00, 2026-11-23T02:00:00Z, true",
    "sat-mon 01:00-04:00, 2026-11-24T02:00:00Z, false",
    "sun 01:00-04:00, 2026-11-29T02:00:00Z, true",
    "22:00-02:00, 2026-11-23T21:59:59Z, false",
    "22:00-02:00, 2026-11-23T22:00:00Z, true",
    "22:00-02:00, 2026-11-24T01:59:59Z, true",
    "22:00-02:00, 2026-11-24T02:00:00Z, false",
    "fri 22:00-02:00, 2026-11-28T01:00:00Z, true",
    "fri 22:00-02:00, 2026-11-27T01:00:00Z, false",
    "01:00-04:00, 1969-12-31T02:00:00Z, true",
  })
  void hours_of_the_week(String hours, Instant at, boolean in) {
    Hours window = Hours.of(hours);

    assertThat(window).isNotNull();
    assertThat(window.contain(at.getEpochSecond())).isEqualTo(in);
    assertThat(window).hasToString(hours);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1:00-4:00",
        "01:00",
        "01:00-01:00",
        "24:00-04:00",
        "25:00-04:00",
        "01:60-04:00",
        "01.00-04.00",
        "monday 01:00-04:00",
        "mon- 01:00-04:00",
        "MON-FRI 01:00-04:00",
        " 01:00-04:00",
        "mon-fri",
        "peak"
      })
  void what_is_no_window_is_refused(String text) {
    assertThat(Hours.of(text)).isNull();
    String row = text + ",acme,m,input,1,1,2026-01-01\n";
    if (!text.startsWith(" ")) {
      assertThat(Books.check("hours_utc," + Books.HEADER + row))
          .singleElement()
          .extracting(PriceFault::reason)
          .asString()
          .startsWith("hours_utc \"" + text + "\" is not a window like 01:00-04:00");
    }
  }

  @Test
  void a_row_of_certain_hours_goes_before_a_later_one_of_all_hours() {
    String peak = "22:00-02:00,acme,m,input,3,1,2026-01-01\n";
    String base = ",acme,m,input,1,1,2026-01-01\n";
    String later = ",acme,m,input,2,1,2026-06-01\n";
    for (String rows : new String[] {peak + base + later, later + base + peak}) {
      PriceBook book = Books.of("hours_utc," + Books.HEADER + rows);
      Query call = answeredBy("m").of("acme", false);

      assertThat(call.at("2026-11-23T23:00:00Z").price(book, "input=1").usd())
          .isEqualByComparingTo("3");
      assertThat(call.at("2026-11-23T12:00:00Z").price(book, "input=1").usd())
          .isEqualByComparingTo("2");
      assertThat(call.at("2026-05-23T12:00:00Z").price(book, "input=1").usd())
          .isEqualByComparingTo("1");
    }
  }

  @Test
  void a_contract_laid_over_counts_at_every_hour() {
    PriceBook list =
        Books.of(
            "hours_utc,"
                + Books.HEADER
                + "01:00-04:00,acme,m,input,3,1,2026-01-01\n"
                + ",acme,m,input,1,1,2026-01-01\n");
    PriceBook contract = Books.of(Books.HEADER + "acme,m,input,2,1,2026-01-01\n");

    assertThat(
            answeredBy("m")
                .of("acme", false)
                .at("2026-11-23T02:00:00Z")
                .price(list.overlay(contract), "input=1")
                .usd())
        .isEqualByComparingTo("2");
  }
}
