package io.costattr.core.price;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.usage.Meter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** No output is ever billed: each with its reason. */
  private static final List<String> WITHOUT_OUTPUT =
      List.of(
          // Embeddings answer with vectors.
          "text-embedding-3-small",
          "text-embedding-3-large",
          "text-embedding-ada-002",
          "gemini-embedding-001",
          "gemini-embedding-2",
          "mistral-embed",
          "embed-v4.0",
          // Moderation is free.
          "omni-moderation-latest");

  /** Models whose uplift is Anthropic's for inference in the US only: Opus 4.6 and later ones. */
  private static final String WITH_US_UPLIFT =
      "claude-(fable-5.*|opus-4-[678]|opus-5.*|sonnet-4-6|sonnet-5.*|haiku-5-5)";

  @Test
  void the_book_says_its_version_and_is_not_empty() {
    assertThat(PriceBook.builtIn().version()).matches("\\d{4}-\\d{2}-\\d{2}\\.\\d+");
    assertThat(ROWS).hasSizeGreaterThan(1_800);
    assertThat(ROWS)
        .extracting(PriceRow::provider)
        .contains(
            "openai",
            "azure.ai.openai",
            "anthropic",
            "gcp.gemini",
            "gcp.vertex_ai",
            "deepseek",
            "mistral_ai",
            "groq",
            "together",
            "x_ai",
            "cerebras",
            "cohere",
            "aws.bedrock");
  }

  @Test
  void every_line_of_the_file_is_good() throws IOException {
    assertThat(PriceBook.check("prices.csv", new ByteArrayInputStream(file()))).isEmpty();
  }

  @Test
  void rows_that_are_read_when_needed_are_those_that_are_read_at_once() throws Exception {
    PriceBook atOnce = PriceBook.read("prices.csv", new ByteArrayInputStream(file()));

    assertThat(atOnce.rows()).isEqualTo(ROWS);
    assertThat(atOnce.version()).isEqualTo(PriceBook.builtIn().version());
    for (String line : text().split("\n")) {
      String[] fields = line.split(",", -1);
      for (String alias : line.startsWith("#") ? new String[0] : fields[2].split(" ")) {
        if (!alias.isEmpty() && !alias.equals("aliases")) {
          Match match = found(PriceBook.builtIn(), fields[0], alias);
          assertThat(match.kind()).as(alias).isEqualTo(Match.Kind.ALIAS);
          assertThat(match.rates().table().rows().get(0).model()).isEqualTo(fields[1]);
        }
      }
    }
  }

  private static Match found(PriceBook book, String provider, String model) {
    ProviderRates rates = book.provider(provider);
    assertThat(rates).isNotNull();
    Match match = rates.find(model, Instant.parse("2026-11-23T12:00:00Z").getEpochSecond());
    assertThat(match).as(model).isNotNull();
    return match;
  }

  @Test
  void the_file_has_the_form_in_which_it_is_found_without_being_read() throws IOException {
    List<String> lines = List.of(text().split("\n"));
    Set<String> models = new HashSet<>();
    String last = "";
    for (String line : lines) {
      assertThat(line).isNotEmpty().doesNotContain("\"").matches("\\p{ASCII}*");
      if (!line.startsWith("#")) {
        String[] fields = line.split(",", -1);
        String model = fields[0] + "," + fields[1];
        if (!model.equals(last)) {
          assertThat(models.add(model)).as("the lines of " + model + " stand together").isTrue();
          last = model;
        }
        assertThat(fields[2]).doesNotContain("  ").isEqualTo(fields[2].strip());
      }
    }
    assertThat(text()).contains("\nprovider,model,aliases,").endsWith("\n");
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
              assertThat(row.effectiveFrom()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
            });
  }

  @Test
  void every_rate_is_a_whole_number_of_pico_dollars_for_one_and_only_moderation_is_free() {
    assertThat(ROWS)
        // 0.017 for a minute is not whole for a second.
        .filteredOn(row -> !row.model().equals("gpt-realtime-whisper"))
        .allSatisfy(
            row -> {
              assertThat(row.rate().denominator()).isEqualTo(1);
              assertThat(row.regionalRate().denominator()).isEqualTo(1);
              assertThat(row.rate().numerator() == 0).isEqualTo(row.model().contains("moderation"));
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
  void peak_hours_cost_at_least_as_much_as_the_others() {
    assertThat(ROWS)
        .filteredOn(row -> row.hours() != null)
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat(usd(row))
                    .isGreaterThanOrEqualTo(
                        usd(beside(row, row.tier(), row.longContext(), row.meter()))));
  }

  @Test
  void a_tier_with_long_context_has_it_for_every_meter() {
    assertThat(ROWS)
        // OpenAI's 12-hour cache write is published for the short band only.
        .filteredOn(
            row ->
                !row.longContext()
                    && row.meter().kind() != Meter.Kind.COUNT
                    && !(row.provider().equals("openai") && row.meter() == Meter.CACHE_WRITE_LONG))
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
        .filteredOn(row -> row.meter().kind() != Meter.Kind.COUNT)
        .allSatisfy(
            row -> {
              assertThat(has(row, Meter.INPUT)).as("input").isTrue();
              assertThat(
                      has(row, Meter.OUTPUT)
                          || has(row, Meter.AUDIO_OUTPUT)
                          || has(row, Meter.IMAGE_OUTPUT))
                  .as("an output")
                  .isNotEqualTo(WITHOUT_OUTPUT.contains(row.model()));
              Meter fresh =
                  switch (row.meter()) {
                    case CACHED_AUDIO_INPUT -> Meter.AUDIO_INPUT;
                    case CACHED_IMAGE_INPUT -> Meter.IMAGE_INPUT;
                    default -> Meter.INPUT;
                  };
              assertThat(has(row, fresh)).as("what is cached is also fresh").isTrue();
            });
  }

  private static boolean has(PriceRow row, Meter meter) {
    return beside(row, row.tier(), row.longContext(), meter) != null;
  }

  @Test
  void prices_of_the_same_neither_overlap_in_time_nor_leave_a_gap() {
    assertThat(byKey(ROWS.stream().filter(row -> row.hours() == null).toList()).values())
        .allSatisfy(
            rows -> {
              for (int i = 1; i < rows.size(); i++) {
                assertThat(rows.get(i - 1).effectiveTo()).isEqualTo(rows.get(i).effectiveFrom());
              }
              PriceRow last = rows.get(rows.size() - 1);
              // Anthropic gave up long-context rates: the short ones hold from then on.
              if (last.longContext() && last.effectiveTo() != null) {
                assertThat(last.provider()).isEqualTo("anthropic");
                PriceRow after = at(last.effectiveTo(), last, last.tier(), false, last.meter());
                assertThat(after).isNotNull();
                assertThat(after.effectiveTo()).isNull();
              } else {
                assertThat(last.effectiveTo()).isNull();
              }
            });
  }

  @Test
  void no_two_prices_of_certain_hours_hold_at_once() {
    assertThat(byKey(ROWS.stream().filter(row -> row.hours() != null).toList()).values())
        .allSatisfy(
            rows -> {
              long from = rows.get(0).effectiveFrom().getEpochSecond();
              // A year of half hours, also beyond the last change.
              for (long at = from; at < from + 366 * 86_400L; at += 1_800) {
                int held = 0;
                for (PriceRow row : rows) {
                  held += row.inForce(at) ? 1 : 0;
                }
                assertThat(held).isLessThanOrEqualTo(1);
              }
            });
  }

  private static Map<String, List<PriceRow>> byKey(List<PriceRow> rows) {
    Map<String, List<PriceRow>> byKey = new HashMap<>();
    rows.stream()
        .sorted(Comparator.comparing(PriceRow::effectiveFrom))
        .forEach(
            row ->
                byKey
                    .computeIfAbsent(
                        row.provider() + row.model() + row.tier() + row.longContext() + row.meter(),
                        key -> new ArrayList<>())
                    .add(row));
    return byKey;
  }

  @Test
  void regional_hosts_of_openai_cost_ten_percent_more_for_models_since_march_2026_only() {
    assertThat(ROWS)
        .filteredOn(row -> row.provider().equals("openai") && row.rate().numerator() > 0)
        .allSatisfy(
            row -> {
              BigDecimal uplift = row.regionalRate().usd().divide(row.rate().usd());
              if (row.model().startsWith("gpt-5.4") || row.model().startsWith("gpt-5.5")) {
                assertThat(uplift).isEqualByComparingTo("1.1");
              } else if (row.effectiveFrom().isBefore(Instant.parse("2026-03-05T00:00:00Z"))
                  || row.model().equals(PriceRow.ANY_MODEL)
                  || row.meter().kind() == Meter.Kind.COUNT) {
                assertThat(uplift).isEqualByComparingTo("1");
              } else {
                assertThat(uplift).isBetween(new BigDecimal("1"), new BigDecimal("1.1"));
              }
            });
  }

  @Test
  void inference_in_the_us_only_costs_ten_percent_more_at_anthropic_for_opus_4_6_and_later() {
    assertThat(ROWS)
        .filteredOn(row -> !row.provider().matches("openai|gcp.vertex_ai"))
        .allSatisfy(
            row ->
                assertThat(row.regionalRate().usd().divide(row.rate().usd()))
                    .isEqualByComparingTo(row.model().matches(WITH_US_UPLIFT) ? "1.1" : "1"));
  }

  @Test
  void regional_endpoints_of_vertex_ai_cost_ten_percent_more_for_all_but_old_models() {
    assertThat(ROWS)
        .filteredOn(row -> row.provider().equals("gcp.vertex_ai"))
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat(row.regionalRate().usd().divide(row.rate().usd()))
                    .isEqualByComparingTo(row.model().equals("claude-3-5-haiku") ? "1" : "1.1"));
  }

  @Test
  void a_price_that_nobody_vouches_for_any_more_is_marked() {
    assertThat(ROWS)
        .filteredOn(row -> row.confidence() == PriceRow.Confidence.UNVERIFIED)
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.id()).matches("openai/gpt-5.6-sol/.*@2026-11-22"));
  }

  private static String text() throws IOException {
    return new String(file(), StandardCharsets.UTF_8);
  }

  private static byte[] file() throws IOException {
    try (InputStream in = PriceBook.class.getResourceAsStream("prices.csv")) {
      return in.readAllBytes();
    }
  }

  /** The row of the same model, of all hours, that is in force when this one begins. */
  private static @Nullable PriceRow beside(
      PriceRow row, Tier tier, boolean longContext, Meter meter) {
    return at(row.effectiveFrom(), row, tier, longContext, meter);
  }

  private static @Nullable PriceRow at(
      Instant at, PriceRow row, Tier tier, boolean longContext, Meter meter) {
    for (PriceRow other : BY_MODEL.get(row.provider() + "/" + row.model())) {
      if (other.tier() == tier
          && other.longContext() == longContext
          && other.meter() == meter
          && other.hours() == null
          && other.inForce(at.getEpochSecond())) {
        return other;
      }
    }
    return null;
  }

  private static BigDecimal usd(PriceRow row) {
    return row.rate().usd().divide(BigDecimal.valueOf(row.rate().per()), MathContext.DECIMAL128);
  }
}
