package io.costattr.it.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each call costs; the quantities follow from what the loopback server documents. */
class EndpointsTest {
  private static Map<String, List<JsonNode>> events = Map.of();

  @BeforeAll
  static void callThemAll(@TempDir Path directory) throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, EndpointCalls.class)
              .withAgent(
                  "providers.127.0.0.1=openai",
                  "defaults.environment=test",
                  "otel.sdk.disabled=true")
              .argument(server.baseUrl())
              .run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("fault");
      events =
          result.events().stream()
              .collect(Collectors.groupingBy(event -> event.path("feature").asText()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // 5 tokens of text at 5 USD, 2112 of pictures at 40 USD for a million.
    "image,                 image,      0.084505",
    "image-stream,          image,      0.042265",
    // And 323 of the picture that was sent, at 10 USD.
    "image-edit,            image,      0.045495",
    "dall-e,                image,      0.12",
    "dall-e-raw,            image,      0.048",
    "transcription-seconds, audio,      0.009",
    // 200 tokens of sound at 6 USD, 60 of text at 10 USD.
    "transcription-tokens,  audio,      0.0018",
    "transcription-stream,  audio,      0.0018",
    // 29.6 seconds count as 30.
    "translation,           audio,      0.003",
    // 17 characters at 15 USD.
    "speech,                audio,      0.000255",
    // 5 tokens of text at 0.60 USD, 50 of sound at 12 USD.
    "speech-tokens,         audio,      0.000603",
    // 4 tokens at 5 USD and 10 at 30 USD are 0.00032; two searches, a file search, a container.
    "tools,                 responses,  0.05282",
    "tools-same-container,  responses,  0.00032",
    // 30 tokens at 5 USD and 1056 at 40 USD.
    "tools-picture,         responses,  0.04271",
    "tools-declared,        responses,  0.00032"
  })
  void isBilled(String feature, String endpoint, BigDecimal usd) {
    assertThat(events.get(feature)).hasSize(1);
    JsonNode event = events.get(feature).get(0);

    assertThat(event.path("endpoint").asText()).isEqualTo(endpoint);
    assertThat(event.path("cost_basis").asText()).isEqualTo("reported");
    assertThat(event.path("outcome").asText()).isEqualTo("completed");
    assertCosts(event, usd);
  }

  @ParameterizedTest
  @CsvSource({
    // 8 seconds at 0.10 USD.
    "film,               video,     0.8",
    // 4 tokens at 0.75 USD and 10 at 4.50 USD for a million.
    "background,         responses, 0.000048",
    "background-resumed, responses, 0.000048"
  })
  void isBilledOnceWhenItsEndIsTold(String feature, String endpoint, BigDecimal usd) {
    assertThat(events.get(feature)).hasSize(2);
    JsonNode asked = events.get(feature).get(0);
    JsonNode told = events.get(feature).get(1);

    assertThat(asked.path("cost_basis").asText()).isEqualTo("pending");
    assertThat(asked.path("cost_usd").isNull()).isTrue();
    assertThat(asked.path("cost_at_risk_usd").isNull()).isTrue();
    assertThat(told.path("endpoint").asText()).isEqualTo(endpoint);
    assertThat(told.path("cost_basis").asText()).isEqualTo("reported");
    assertThat(told.path("request_id")).isEqualTo(asked.path("request_id"));
    assertThat(told.path("response_id")).isEqualTo(asked.path("response_id"));
    assertThat(told.path("event_id")).isNotEqualTo(asked.path("event_id"));
    assertCosts(told, usd);
  }

  @Test
  void whatWasCancelledIsNotKnown() {
    assertThat(events.get("background-cancelled"))
        .extracting(event -> event.path("cost_basis").asText())
        .containsExactly("pending", "unknown");
    assertThat(events.get("background-cancelled"))
        .allSatisfy(event -> assertThat(event.path("cost_usd").isNull()).isTrue());
  }

  @Test
  void moderationIsFreeAndYetAnEvent() {
    assertThat(events.get("moderation")).hasSize(1);
    JsonNode event = events.get("moderation").get(0);

    assertThat(event.path("endpoint").asText()).isEqualTo("moderation");
    assertThat(event.path("model").asText()).isEqualTo("omni-moderation-latest");
    assertThat(event.path("cost_basis").asText()).isEqualTo("none");
    assertThat(event.path("cost_usd").decimalValue()).isZero();
  }

  @Test
  void whoOnlyLooksPaysNothing() {
    assertThat(events).doesNotContainKey(EndpointCalls.POLLER);
  }

  private static void assertCosts(JsonNode event, BigDecimal usd) {
    assertThat(event.path("cost_usd").decimalValue()).as("%s", event).isEqualByComparingTo(usd);
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode part : event.path("cost_breakdown")) {
      sum = sum.add(part.path("cost_usd").decimalValue());
    }
    assertThat(sum).as("sum of the parts").isEqualByComparingTo(usd);
  }
}
