package io.costattr.core.amend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.amend.CheaperRequest.Wish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheaperRequestTest {
  private static final Wish ALL = new Wish("mini", 500L, "max_completion_tokens", "flex");

  private static @Nullable CheaperRequest of(String request, Wish wish) {
    return CheaperRequest.of(request.getBytes(UTF_8), wish);
  }

  private static String body(String request, Wish wish) {
    CheaperRequest cheaper = of(request, wish);
    return cheaper == null ? "unchanged" : new String(cheaper.body(), UTF_8);
  }

  @Test
  void changesWhatTheRequestSaysAndLeavesTheRestAsItIs() {
    String request =
        "{ \"messages\" : [{\"role\":\"user\",\"content\":\"\u00e4 \\\"model\\\": \\\"x\\\"\"}],\n"
            + " \"model\":\"big\" , \"max_tokens\" : 1000, \"service_tier\":\"auto\"}\n";
    CheaperRequest cheaper = of(request, ALL);
    assertThat(cheaper).isNotNull();
    assertThat(new String(cheaper.body(), UTF_8))
        .isEqualTo(
            "{ \"messages\" : [{\"role\":\"user\",\"content\":\"\u00e4 \\\"model\\\":"
                + " \\\"x\\\"\"}],\n"
                + " \"model\":\"mini\" , \"max_tokens\" : 500, \"service_tier\":\"flex\"}\n");
    assertThat(cheaper.changes())
        .isEqualTo("model big to mini; max_tokens 1000 to 500; service_tier auto to flex");
  }

  @Test
  void addsWhatTheRequestDoesNotSay() {
    assertThat(body("{\"model\":\"big\"}", ALL))
        .isEqualTo("{\"model\":\"mini\",\"max_completion_tokens\":500,\"service_tier\":\"flex\"}");
    assertThat(body("{\"model\":\"big\"}", new Wish(null, 500L, null, null)))
        .isEqualTo("unchanged");
  }

  @Test
  void aLowerMaximumStays() {
    Wish wish = new Wish(null, 500L, "max_tokens", null);
    assertThat(body("{\"max_completion_tokens\":499}", wish)).isEqualTo("unchanged");
    assertThat(body("{\"max_completion_tokens\":null}", wish))
        .isEqualTo("{\"max_completion_tokens\":500}");
  }

  @Test
  void namesAreWrittenAsJson() {
    assertThat(body("{\"model\":\"a\"}", new Wish("b\"\\\n", null, null, null)))
        .isEqualTo("{\"model\":\"b\\\"\\\\\\u000a\"}");
  }

  @Test
  void whatIsInsideOfOtherValuesStays() {
    String request = "{\"metadata\":{\"model\":\"big\",\"max_tokens\":9000},\"tools\":[{}]}";
    assertThat(body(request, new Wish("mini", 5L, null, null))).isEqualTo("unchanged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{}", "{\"model\":\"big\"", "{\"model\":\"big\"}{}", "{,}"})
  void whatIsNoWholeObjectOrSaysNothingIsLeftAlone(String request) {
    assertThat(body(request, ALL)).isEqualTo("unchanged");
  }
}
