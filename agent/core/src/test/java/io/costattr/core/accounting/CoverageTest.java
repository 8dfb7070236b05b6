package io.costattr.core.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private final Coverage coverage = new Coverage();

  @Test
  void everyCallSiteIsNamedWithWhatItLacksHowOftenAndAtWhatCostTheDearestFirst() {
    coverage.call("shop.Chat.answer:41", Set.of("customer_id"), 250_000_000L);
    coverage.call("shop.Chat.answer:41", Set.of("customer_id"), 250_000_000L);
    coverage.call("shop.Search.embed:7", Set.of("customer_id"), 3_000_000_000_000L);
    coverage.call("shop.Search.embed:7", Set.of("customer_id"), null);
    coverage.call(null, Set.of("team"), 0L);
    coverage.call("shop.Nightly.run:1", Set.of(), 9_000_000_000_000L);

    assertThat(coverage.report())
        .containsExactly(
            "coverage: 5 of 6 calls lack a dimension, by call site:",
            "coverage: shop.Search.embed:7 without customer_id: 2 calls for $3, 1 without a"
                + " price",
            "coverage: shop.Chat.answer:41 without customer_id: 2 calls for $0.0005",
            "coverage: an unknown place without team: 1 call for $0");
  }

  @Test
  void whereNothingIsMissingItSaysSo() {
    coverage.call("shop.Nightly.run:1", Set.of(), 1L);

    assertThat(coverage.report()).containsExactly("coverage: every one of 1 calls says who pays");
  }

  @Test
  void ofVeryManyCallSitesTheRestIsCountedTogether() {
    for (int site = 0; site < 5_000; site++) {
      coverage.call("made.Up.method:" + site, Set.of("team"), 1L);
    }

    assertThat(coverage.report()).hasSize(1 + 1_001);
    assertThat(coverage.report())
        .contains("coverage: further call sites without team: 4000 calls for $0.000000004");
  }
}
