package io.costattr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaExceededTest {
  private final Map<String, String> headers =
      new HashMap<>(
          Map.of(
              "x-costattr-budget", "customers",
              "x-costattr-budget-value", "acme%20%26+co%C3%A4%25",
              "x-costattr-budget-reason", "exceeded",
              "x-costattr-budget-unit", "usd",
              "x-costattr-budget-limit", "50",
              "x-costattr-budget-spent", "49.999999999999",
              "x-costattr-budget-reset", "2026-12-01T00:00:00Z"));

  @Test
  void saysWhatTheHeadersSay() {
    assertThat(QuotaExceeded.of(headers::get))
        .isEqualTo(
            new QuotaExceeded(
                "customers",
                "acme &+co\u00e4%",
                "exceeded",
                Quota.Unit.USD,
                new BigDecimal("50"),
                new BigDecimal("49.999999999999"),
                Instant.parse("2026-12-01T00:00:00Z")));
  }

  @Test
  void aBudgetForAllHasNoValue() {
    headers.remove("x-costattr-budget-value");
    assertThat(QuotaExceeded.of(headers::get)).isNotNull().matches(quota -> quota.value() == null);
  }

  @Test
  void anAnswerOfTheProvidersOrOneThatIsGarbledIsNone() {
    assertThat(QuotaExceeded.of(name -> null)).isNull();
    for (String name : headers.keySet()) {
      Map<String, String> garbled = new HashMap<>(headers);
      garbled.put(name, "%zz");
      QuotaExceeded seen = QuotaExceeded.of(garbled::get);
      boolean isText = name.endsWith("-value") || name.endsWith("-reason");
      assertThat(seen == null).as(name).isEqualTo(!isText);
    }
  }

  @Test
  void withoutTheAgentThereAreNoBudgets() {
    assertThat(Budgets.current().remaining()).isEmpty();
    assertThat(
            new Quota(
                    "b",
                    null,
                    Quota.Unit.CALLS,
                    BigDecimal.ONE,
                    BigDecimal.TEN,
                    BigDecimal.ZERO,
                    true,
                    Instant.EPOCH)
                .remaining())
        .isZero();
  }
}
