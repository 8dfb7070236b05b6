package io.costattr.export.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.costattr.core.price.Cost;
import java.io.IOException;
import java.io.StringWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicoUsdTest {

  @Property
  void everyAmountIsThePlainDecimal(@ForAll long pico) throws IOException {
    assertThat(written(pico)).isEqualTo(Cost.usd(pico).toPlainString());
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        10,
        1_000_000_000_000L,
        1_500_000_000_000L,
        -500_000_000_000L,
        14_360_250_000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void soAreTheOnesAtTheEdges(long pico) throws IOException {
    assertThat(written(pico)).isEqualTo(Cost.usd(pico).toPlainString());
  }

  private static String written(long pico) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JsonFactory.builder().build().createGenerator(out)) {
      new PicoUsd().write(json, pico);
    }
    return out.toString();
  }
}
