package io.costattr.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaggageReaderTest {
  private final BaggageReader reader = new BaggageReader();

  @Test
  void everyDimensionAndTheTagsAreRead() {
    reader.entry("costattr.feature", "chat");
    reader.entry("costattr.route", "/api/chat");
    reader.entry("costattr.customer.id", " cust_1 ");
    reader.entry("costattr.team", "growth");
    reader.entry("costattr.environment", "prod");
    reader.entry("costattr.tag.experiment", "B");

    assertThat(reader.attribution())
        .isEqualTo(
            new Attribution(
                    "chat",
                    "/api/chat",
                    "cust_1",
                    "growth",
                    "prod",
                    null,
                    Map.of("experiment", "B"))
                .from(Source.BAGGAGE));
  }

  @Test
  void whatIsNotForTheAgentSaysNothing() {
    reader.entry("feature", "x");
    reader.entry("costattr.cost", "0");
    reader.entry("costattr.", "x");
    reader.entry("costattr.tag.", "x");
    reader.entry("Costattr.feature", "x");
    reader.entry("costattr.team", "  ");

    assertThat(reader.attribution()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000", "\u007f", "a\u0085b", "cust_\uFFFD", "a\r\nb: c"})
  void whatHasControlCharactersOrCouldNotBeDecodedIsNotTaken(String value) {
    reader.entry("costattr.customer.id", value);
    reader.entry("costattr.tag." + value, "x");
    reader.entry("costattr.tag.x", value);

    assertThat(reader.attribution()).isNull();
  }

  @Test
  void aLongValueIsNotCutWhichWouldMakeItAnothers() {
    reader.entry("costattr.customer.id", "c".repeat(256));
    reader.entry("costattr.team", "t".repeat(257));
    reader.entry("costattr.feature", "f".repeat(65_536));

    Attribution said = reader.attribution();

    assertThat(said).isNotNull();
    assertThat(said.customerId()).hasSize(256);
    assertThat(said.team()).isNull();
    assertThat(said.feature()).isNull();
  }

  @Test
  void ofThousandsOfTagsAFewAreTaken() {
    for (int i = 0; i < 10_000; i++) {
      reader.entry("costattr.tag.t" + i, "v");
    }

    assertThat(reader.attribution().tags()).hasSize(32);
    assertThat(BaggageReader.isReadable(180)).isTrue();
    assertThat(BaggageReader.isReadable(4_000)).isFalse();
  }

  @Property(tries = 200)
  void nothingThatItTakesCanBreakALine(@ForAll String value) {
    BaggageReader any = new BaggageReader();
    any.entry("costattr.customer.id", value);
    any.entry("costattr.tag." + value, value);

    Attribution said = any.attribution();

    if (said != null && said.customerId() != null) {
      assertThat(said.customerId()).hasSizeLessThanOrEqualTo(256).isEqualTo(value.strip());
      assertThat(said.customerId().chars()).noneMatch(Character::isISOControl);
    }
  }
}
