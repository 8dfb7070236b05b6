package io.costattr.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, DOCUMENT",
        "'', DOCUMENT",
        "application/json, DOCUMENT",
        "application/json; charset=UTF-8, DOCUMENT",
        "text/event-streams, DOCUMENT",
        "text/event-stream, EVENTS",
        "Text/Event-Stream ; charset=utf-8, EVENTS",
        "application/x-ndjson, LINES",
        "application/x-ndjson; charset=utf-8, LINES",
        "application/jsonl, LINES",
        "application/stream+json, LINES"
      })
  void theContentTypeTells(String contentType, Framing framing) {
    assertThat(Framing.of(contentType)).isEqualTo(framing);
  }
}
