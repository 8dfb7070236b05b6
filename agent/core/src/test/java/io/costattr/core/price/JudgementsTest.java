package io.costattr.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.usage.Meter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/price-judgements.csv}: every price that was seen, and what became of it. */
class JudgementsTest {
  private static final Path DOCS = Path.of(System.getProperty("costattr.test.root"), "docs");
  private static final PriceBook BOOK = PriceBook.builtIn();
  private static final List<Judgement> ALL = read();

  @Test
  void every_price_that_was_seen_is_judged() throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    for (Judgement judgement : ALL) {
      counts.merge(judgement.text("judgement"), 1, Integer::sum);
    }

    assertThat(ALL).hasSize(338);
    assertThat(counts)
        .containsExactlyInAnyOrderEntriesOf(Map.of("kept", 171, "corrected", 10, "left_out", 157));
    assertThat(Files.readString(DOCS.resolve("prices.md")))
        .contains("338 prices", "171 were kept", "10 corrected", "157 left out");
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_judgement_has_a_reason_a_source_and_a_day(Judgement judgement) {
    assertThat(judgement.text("reason")).hasSizeGreaterThan(3);
    assertThat(judgement.text("source")).isNotBlank();
    assertThat(judgement.text("checked_on")).matches("2026-\\d\\d-\\d\\d");
    assertThat(judgement.text("seen")).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("kept")
  void a_price_that_was_kept_is_in_the_book_rate_by_rate(Judgement judgement) {
    judgement
        .seen()
        .forEach(
            (rate, usd) ->
                assertThat(judgement.inTheBook(rate)).as(rate).isEqualByComparingTo(usd));
  }

  @ParameterizedTest
  @MethodSource("corrected")
  void a_price_that_was_corrected_is_in_the_book_in_part(Judgement judgement) {
    assertThat(judgement.match()).isNotNull();
    assertThat(judgement.seen().keySet()).anyMatch(rate -> judgement.inTheBook(rate) != null);
  }

  @ParameterizedTest
  @MethodSource("leftOut")
  void a_price_that_was_left_out_is_not_in_the_book(Judgement judgement) {
    if (judgement.text("seen").startsWith("storage=")) {
      assertThat(Meter.values()).noneMatch(meter -> meter.id().equals("storage"));
    } else {
      assertThat(judgement.match()).isNull();
    }
  }

  static List<Judgement> all() {
    return ALL;
  }

  static List<Judgement> kept() {
    return judged("kept");
  }

  static List<Judgement> corrected() {
    return judged("corrected");
  }

  static List<Judgement> leftOut() {
    return judged("left_out");
  }

  private static List<Judgement> judged(String how) {
    return ALL.stream().filter(judgement -> judgement.text("judgement").equals(how)).toList();
  }

  private static List<Judgement> read() {
    List<Judgement> all = new ArrayList<>();
    List<String> header = new ArrayList<>();
    try {
      CsvLines.read(
          Files.readString(DOCS.resolve("price-judgements.csv")),
          new CsvLines.Taker() {
            @Override
            public void comment(String text) {}

            @Override
            public boolean fields(long line, String[] fields) {
              if (header.isEmpty()) {
                header.addAll(List.of(fields));
              } else {
                Map<String, String> texts = new HashMap<>();
                for (int i = 0; i < fields.length; i++) {
                  texts.put(header.get(i), fields[i]);
                }
                all.add(new Judgement(line, texts));
              }
              return true;
            }
          });
    } catch (IOException | CsvLines.Unreadable e) {
      throw new AssertionError(e);
    }
    return all;
  }

  private record Judgement(long line, Map<String, String> texts) {
    String text(String column) {
      return texts.get(column);
    }

    /** {@code batch/long/input=5}: rates by tier, band and meter; the tier is standard without. */
    Map<String, BigDecimal> seen() {
      Map<String, BigDecimal> seen = new HashMap<>();
      for (String rate : text("seen").split(" ")) {
        String[] parts = rate.split("=");
        seen.put(parts[0], new BigDecimal(parts[1]).divide(per(), MathContext.DECIMAL64));
      }
      return seen;
    }

    private BigDecimal per() {
      return new BigDecimal(text("per"));
    }

    @Nullable Match match() {
      ProviderRates provider = BOOK.provider(text("provider"));
      if (provider == null) {
        return null;
      }
      ModelRates fees = provider.anyModel();
      return text("model").equals(PriceRow.ANY_MODEL) && fees != null
          ? new Match(fees, provider, Match.Kind.NAME)
          : provider.find(text("model"), at());
    }

    private long at() {
      return Instant.parse(text("held_at").replace("Z", ":00Z")).getEpochSecond();
    }

    @Nullable BigDecimal inTheBook(String rate) {
      List<String> parts = List.of(rate.split("/"));
      Tier tier = Tier.STANDARD;
      for (Tier one : Tier.values()) {
        tier = parts.contains(one.id()) ? one : tier;
      }
      Match match = match();
      PriceRow row =
          match == null
              ? null
              : match
                  .rates()
                  .table()
                  .row(tier, parts.contains("long"), Meter.of(parts.get(parts.size() - 1)), at());
      return row == null
          ? null
          : row.rate().usd().divide(BigDecimal.valueOf(row.rate().per()), MathContext.DECIMAL64);
    }

    @Override
    public String toString() {
      return "line " + line + ": " + text("provider") + " " + text("model");
    }
  }
}
