package io.costattr.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every vector to the pico-dollar. */
class GoldenVectorsTest {

  @ParameterizedTest(name = "{0}: {9} USD")
  @CsvFileSource(resources = "golden-vectors.csv", numLinesToSkip = 1)
  void costs(
      String name,
      String provider,
      String responseModel,
      String requestModel,
      String servedTier,
      String requestedTier,
      String host,
      String at,
      String usage,
      BigDecimal usd) {
    Query query =
        new Query(provider, true, responseModel, requestModel, servedTier, requestedTier, at, host);

    Cost cost = query.price(PriceBook.builtIn(), usage);

    assertThat(cost.usd()).as(cost.toString()).isEqualByComparingTo(usd);
    assertThat(cost.picoUsd()).isEqualTo(usd.movePointRight(12).longValueExact());
    assertThat(cost.basis()).isEqualTo(Basis.REPORTED);
    assertThat(cost.lines()).allSatisfy(line -> assertThat(line.row()).isNotNull());
    assertThatTheArithmeticCanBeDoneAgain(cost);
  }

  private static void assertThatTheArithmeticCanBeDoneAgain(Cost cost) {
    long sum = 0;
    for (Cost.Line line : cost.lines()) {
      BigDecimal picoUsd =
          line.usdPer()
              .multiply(BigDecimal.valueOf(line.quantity()))
              .movePointRight(12)
              .divide(BigDecimal.valueOf(line.per()));
      assertThat(line.picoUsd()).isEqualTo(picoUsd.longValueExact());
      sum += line.picoUsd();
    }
    assertThat(cost.picoUsd()).isEqualTo(sum);
  }
}
