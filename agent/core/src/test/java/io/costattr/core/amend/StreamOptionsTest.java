package io.costattr.core.amend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamOptionsTest {

  @Test
  void theOptionIsTheLastMember() {
    assertThat(added("{\"model\":\"m\",\"stream\":true, \"messages\":[{\"content\":\"{}\"}]} \n"))
        .isEqualTo(
            "{\"model\":\"m\",\"stream\":true, \"messages\":[{\"content\":\"{}\"}]"
                + ",\"stream_options\":{\"include_usage\":true}} \n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\"}",
        "{\"stream\":false}",
        "{\"stream\":\"true\"}",
        "{\"a\":{\"stream\":true}}",
        "{\"stream\":true,\"stream_options\":{\"include_usage\":false}}",
        "{\"stream\":true,\"stream_options\":null}",
        "{\"stream\":true",
        "{\"stream\":true}}",
        "[{\"stream\":true}]",
        "not JSON",
        ""
      })
  void whatAsksForNoStreamOrHasOptionsStaysAsItIs(String request) {
    assertThat(StreamOptions.add(request.getBytes(UTF_8))).isNull();
  }

  private static String added(String request) {
    return new String(StreamOptions.add(request.getBytes(UTF_8)), UTF_8);
  }
}
