package io.costattr.core.price;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.usage.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What must hold of every row that ships. */
class ShippedPricesTest {
  private static final List<PriceRow> ROWS = PriceBook.builtIn().rows();

  private static final Map<String, List<PriceRow>> BY_MODEL =
      ROWS.stream().collect(groupingBy(row -> row.provider() + "/" + row.model()));

  private static final Map<Meter, Meter> AT_MOST =
      Map.of(
          Meter.CACHED_INPUT, Meter.INPUT,
          Meter.CACHED_AUDIO_INPUT, Meter.AUDIO_INPUT,
          Meter.CACHED_IMAGE_INPUT, Meter.IMAGE_INPUT,
          Meter.CACHE_WRITE, Meter.CACHE_WRITE_LONG,
          Meter.INPUT, Meter.CACHE_WRITE);

  @Test
  void the_book_says_its_version_and_is_not_empty() {
    assertThat(PriceBook.builtIn().version()).matches("\\d{4}-\\d{2}-\\d{2}\\.\\d+");
    assertThat(ROWS).hasSizeGreaterThan(700);
  }

  @Test
  void ids_are_unique() {
    assertThat(ROWS).extracting(PriceRow::id).doesNotHaveDuplicates();
  }

  @Test
  void every_row_has_a_source_and_a_day_on_which_it_was_seen() {
    assertThat(ROWS)
        .allSatisfy(
            row -> {
              assertThat(row.source()).isNotBlank();
              assertThat(row.checkedOn()).isAfter(LocalDate.of(2026, 1, 1));
              assertThat(row.effectiveFrom()).isAfter(LocalDate.of(2020, 1, 1));
            });
  }

  @Test
  void every_rate_is_a_whole_number_of_pico_dollars_for_one() {
    assertThat(ROWS)
        .allSatisfy(
            row -> {
              assertThat(row.rate().denominator()).isEqualTo(1);
              assertThat(row.regionalRate().denominator()).isEqualTo(1);
              assertThat(row.rate().numerator()).isPositive();
            });
  }

  @Test
  void cached_input_costs_at_most_as_much_as_fresh_and_fresh_as_written() {
    assertThat(ROWS)
        .filteredOn(row -> AT_MOST.containsKey(row.meter()))
        .allSatisfy(
            row -> {
              PriceRow dearer =
                  beside(row, row.tier(), row.longContext(), AT_MOST.get(row.meter()));
              if (dearer != null) {
                assertThat(usd(row)).isLessThanOrEqualTo(usd(dearer));
              }
            });
  }

  @Test
  void batch_and_flex_cost_at_most_as_much_as_standard_and_priority_at_least() {
    assertThat(ROWS)
        .filteredOn(row -> row.tier() != Tier.STANDARD)
        .allSatisfy(
            row -> {
              PriceRow standard = beside(row, Tier.STANDARD, row.longContext(), row.meter());
              assertThat(standard).as("the same in the standard tier").isNotNull();
              if (row.tier() == Tier.PRIORITY) {
                assertThat(usd(row)).isGreaterThanOrEqualTo(usd(standard));
              } else {
                assertThat(usd(row)).isLessThanOrEqualTo(usd(standard));
              }
            });
  }

  @Test
  void long_context_costs_at_least_as_much_as_short() {
    assertThat(ROWS)
        .filteredOn(PriceRow::longContext)
        .allSatisfy(
            row ->
                assertThat(usd(row))
                    .isGreaterThanOrEqualTo(usd(beside(row, row.tier(), false, row.meter()))));
  }

  @Test
  void a_tier_with_long_context_has_it_for_every_meter() {
    assertThat(ROWS)
        // The 12-hour cache write is published for the short band only.
        .filteredOn(row -> !row.longContext() && row.meter() != Meter.CACHE_WRITE_LONG)
        .filteredOn(row -> beside(row, row.tier(), true, Meter.INPUT) != null)
        .allSatisfy(row -> assertThat(beside(row, row.tier(), true, row.meter())).isNotNull());
  }

  @Test
  void a_model_with_long_context_has_it_in_every_tier_but_priority() {
    assertThat(ROWS)
        .filteredOn(row -> !row.longContext() && row.meter() == Meter.INPUT)
        .filteredOn(row -> beside(row, Tier.STANDARD, true, Meter.INPUT) != null)
        .allSatisfy(
            row ->
                assertThat(beside(row, row.tier(), true, Meter.INPUT) == null)
                    .isEqualTo(row.tier() == Tier.PRIORITY));
  }

  @Test
  void a_tier_is_complete() {
    assertThat(ROWS)
        .allSatisfy(
            row -> {
              Meter other =
                  switch (row.meter()) {
                    case INPUT ->
                        row.model().startsWith("text-embedding-") ? Meter.INPUT : Meter.OUTPUT;
                    case AUDIO_INPUT -> Meter.AUDIO_OUTPUT;
                    case AUDIO_OUTPUT -> Meter.AUDIO_INPUT;
                    default -> row.meter().kind() == Meter.Kind.COUNT ? row.meter() : Meter.INPUT;
                  };
              assertThat(beside(row, row.tier(), row.longContext(), other)).isNotNull();
            });
  }

  @Test
  void prices_of_the_same_neither_overlap_in_time_nor_leave_a_gap() {
    Map<String, List<PriceRow>> byKey =
        ROWS.stream().collect(groupingBy(row -> row.id().substring(0, row.id().indexOf('@'))));
    assertThat(byKey.values())
        .allSatisfy(
            rows -> {
              List<PriceRow> inTime =
                  rows.stream().sorted(Comparator.comparing(PriceRow::effectiveFrom)).toList();
              for (int i = 1; i < inTime.size(); i++) {
                assertThat(inTime.get(i - 1).effectiveTo())
                    .isEqualTo(inTime.get(i).effectiveFrom());
              }
              assertThat(inTime.get(inTime.size() - 1).effectiveTo()).isNull();
            });
  }

  @Test
  void regional_hosts_cost_ten_percent_more_for_models_since_march_2026_only() {
    assertThat(ROWS)
        .allSatisfy(
            row -> {
              BigDecimal uplift = row.regionalRate().usd().divide(row.rate().usd());
              if (row.model().startsWith("gpt-5.4") || row.model().startsWith("gpt-5.5")) {
                assertThat(uplift).isEqualByComparingTo("1.1");
              } else if (row.effectiveFrom().isBefore(LocalDate.of(2026, 3, 5))
                  || row.model().equals(PriceRow.ANY_MODEL)) {
                assertThat(uplift).isEqualByComparingTo("1");
              } else {
                assertThat(uplift).isBetween(new BigDecimal("1"), new BigDecimal("1.1"));
              }
            });
  }

  @Test
  void a_price_that_nobody_vouches_for_any_more_is_marked() {
    assertThat(ROWS)
        .filteredOn(row -> row.confidence() == PriceRow.Confidence.UNVERIFIED)
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.id()).matches("openai/gpt-5.6-sol/.*@2026-11-22"));
  }

  @Test
  void the_file_can_be_read_without_the_csv_library() throws IOException {
    try (InputStream in = PriceBook.class.getResourceAsStream("prices.csv")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).doesNotContain("\"");
    }
  }

  /** The row of the same model that is in force on the first day of this one. */
  private static @Nullable PriceRow beside(
      PriceRow row, Tier tier, boolean longContext, Meter meter) {
    for (PriceRow other : BY_MODEL.get(row.provider() + "/" + row.model())) {
      if (other.tier() == tier
          && other.longContext() == longContext
          && other.meter() == meter
          && other.inForce(row.effectiveFrom().toEpochDay())) {
        return other;
      }
    }
    return null;
  }

  private static BigDecimal usd(PriceRow row) {
    return row.rate().usd().divide(BigDecimal.valueOf(row.rate().per()), MathContext.DECIMAL128);
  }
}
