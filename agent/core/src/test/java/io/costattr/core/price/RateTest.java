package io.costattr.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  @Property
  void a_cost_is_the_exact_product_rounded_half_even_once_or_does_not_fit(
      @ForAll @BigRange(min = "0", max = "100000") @Scale(12) BigDecimal usd,
      @ForAll @LongRange(min = 1, max = 10_000_000) long per,
      @ForAll @LongRange(min = 0) long quantity) {
    Rate rate = Rate.of(usd, per);
    BigDecimal expected =
        usd.multiply(BigDecimal.valueOf(quantity))
            .movePointRight(12)
            .divide(BigDecimal.valueOf(per), 0, RoundingMode.HALF_EVEN);

    if (expected.compareTo(MOST) <= 0) {
      assertThat(rate.pico(quantity)).isEqualTo(expected.longValueExact());
    } else {
      assertThatThrownBy(() -> rate.pico(quantity)).isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void halves_of_a_pico_dollar_go_to_the_even_neighbour() {
    Rate half = Rate.of(new BigDecimal("0.0000005"), 1_000_000);

    assertThat(half.denominator()).isEqualTo(2);
    assertThat(half.pico(1)).isZero();
    assertThat(half.pico(2)).isEqualTo(1);
    assertThat(half.pico(3)).isEqualTo(2);
    assertThat(half.pico(5)).isEqualTo(2);
    assertThat(half.pico(Long.MAX_VALUE)).isEqualTo(1L << 62);
  }

  @Test
  void a_price_finer_than_a_pico_dollar_is_kept_until_the_product() {
    Rate fine = Rate.of(new BigDecimal("0.0000000000000001"), 1);

    assertThat(fine.pico(1)).isZero();
    assertThat(fine.pico(10_000)).isEqualTo(1);
  }

  @Test
  void a_negative_quantity_is_refused() {
    assertThatThrownBy(() -> Rate.of(BigDecimal.ONE, 1).pico(-1))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "0", "0.075", "007.50", "123456789012345678"})
  void plain_decimals_are_read(String text) {
    assertThat(Rate.decimal(text)).isEqualTo(new BigDecimal(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "5.",
        ".5",
        "-1",
        "+1",
        "1e6",
        "1,5",
        "1.2.3",
        "$5",
        " 5",
        "٣",
        "NaN",
        "1234567890123456789"
      })
  void anything_else_is_not(String text) {
    assertThatThrownBy(() -> Rate.decimal(text)).isInstanceOf(NumberFormatException.class);
  }
}
