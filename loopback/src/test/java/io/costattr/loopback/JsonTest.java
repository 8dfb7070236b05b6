package io.costattr.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"a\":[1,-2,3.5,true,false,null],\"b\":{\"c\":\"d\"}}",
        "\"\\\"\\\\\\n\\u0001ü\"",
        "[[[]],{}]"
      })
  void whatIsReadIsWrittenTheSame(String json) {
    assertThat(Json.write(Json.parse(json))).isEqualTo(json);
  }

  @Test
  void spaceAndEscapesAreRead() {
    assertThat(Json.parse(" { \"a\" : [ 1 ,\n\"\\u00e9\\/\\t\" ] } "))
        .isEqualTo(Json.parse("{\"a\":[1,\"é/\\t\"]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[1", "{\"a\"}", "{\"a\":1,}", "[1 2]", "tru", "1x", "\"", "{} {}"})
  void whatIsNotJsonIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(text));
  }

  @Test
  void nestingHasAnEnd() {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.parse("[".repeat(100_000)));
  }
}
