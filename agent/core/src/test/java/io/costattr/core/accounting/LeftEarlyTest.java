package io.costattr.core.accounting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.dialect.Routes;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.Basis;
import io.costattr.core.price.Cost;
import io.costattr.core.usage.Usage;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that end before they say what was used. */
class LeftEarlyTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String RESPONSES = "/v1/responses";
  private static final String ASKED_CHAT =
      "{'model':'gpt-4o-mini','stream':true,'messages':[{'role':'user',"
          + "'content':'Which colour has the sky?'}]}";
  private static final String ASKED_RESPONSES =
      "{'model':'gpt-4o-mini','stream':true,'input':'Which colour has the sky?'}";
  private static final String CREATED =
      "event: response.created\ndata: {'type':'response.created','response':{'id':'resp_1',"
          + "'model':'gpt-4o-mini-2024-07-18','status':'in_progress','usage':null}}\n\n";
  private static final String DELTA =
      "event: response.output_text.delta\ndata: {'type':'response.output_text.delta',"
          + "'delta':'Blue, mostly.'}\n\n";

  private final Config config = ConfigReader.read(null, new Properties(), Map.of());
  private final Accountant accountant = new Accountant(config, Defaults.of(config));

  @BeforeEach
  void start() {
    Exchanges.start(new Routes(Map.of()), over -> {}, Defaults.of(Attribution.NONE));
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
  }

  @Test
  void aChatIsEstimatedFromWhatCame() {
    CostEvent event =
        left(CHAT, ASKED_CHAT, "data: {'choices':[{'delta':{'content':'Blue, mostly.'}}]}\n\n");

    assertEstimated(event, 12, 4);
  }

  @Test
  void aResponseIsEstimatedFromWhatCame() {
    assertEstimated(left(RESPONSES, ASKED_RESPONSES, CREATED + DELTA), 6, 4);
  }

  @Test
  void aResponseOfWhichNothingCameIsStillBilledForItsQuestion() {
    assertEstimated(left(RESPONSES, ASKED_RESPONSES, CREATED), 6, 0);
  }

  @Test
  void aResponseThatGoesOnInTheBackgroundIsNotYetKnown() {
    CostEvent event =
        left(
            RESPONSES,
            ASKED_RESPONSES.replace("'stream'", "'background':true,'stream'"),
            CREATED + DELTA);

    assertThat(event.cost()).isEqualTo(Cost.PENDING);
    assertThat(event.usage()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'prompt_tokens':0,'completion_tokens':0,'total_tokens':0}", "null"})
  void aRunningTotalThatHasNotBegunIsNoTotal(String usage) {
    CostEvent event =
        left(
            CHAT,
            ASKED_CHAT,
            "data: {'choices':[{'delta':{'content':'Blue, mostly.'}}],'usage':" + usage + "}\n\n");

    assertEstimated(event, 12, 4);
  }

  @Test
  void aRunningTotalThatHasBegunIsTakenAsItStands() {
    CostEvent event =
        left(
            CHAT,
            ASKED_CHAT,
            "data: {'choices':[],'usage':{'prompt_tokens':12,'completion_tokens':3}}\n\n");

    assertThat(event.cost().basis()).isEqualTo(Basis.REPORTED);
    assertThat(Objects.requireNonNull(event.usage()).outputTokens()).isEqualTo(3);
  }

  @Test
  void anEstimateWithoutAPriceIsCountedAndNotFree() {
    CostEvent event =
        left(
            RESPONSES,
            ASKED_RESPONSES.replace("gpt-4o-mini", "none-77"),
            (CREATED + DELTA).replace("gpt-4o-mini-2024-07-18", "none-77"));

    assertThat(event.cost().basis()).isEqualTo(Basis.UNPRICED);
    assertThat(event.cost().picoUsd()).isNull();
    assertThat(Objects.requireNonNull(event.usage()).outputTokens()).isEqualTo(4);
  }

  @Test
  void aStreamThatBrokeOffMayHaveBeenBilledToo() {
    Exchange exchange = open(RESPONSES);
    ObservedBody request = exchange.requestBody(null);
    show(request, ASKED_RESPONSES);
    ObservedBody response = respond(exchange);
    show(response, CREATED + DELTA);
    response.failed(new IOException("unexpected end of stream"));

    CostEvent event = accountant.settle(exchange);

    assertThat(event.attempt().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(event.attempt().errorCode()).isEqualTo("java.io.IOException");
    assertThat(event.cost().basis()).isEqualTo(Basis.ESTIMATED);
  }

  private static void assertEstimated(CostEvent event, long input, long output) {
    Usage usage = Objects.requireNonNull(event.usage());
    assertThat(event.cost().basis()).isEqualTo(Basis.ESTIMATED);
    assertThat(event.cost().picoUsd()).isPositive();
    assertThat(event.attempt().outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(usage.inputTokens()).isEqualTo(input);
    assertThat(usage.outputTokens()).isEqualTo(output);
  }

  private CostEvent left(String path, String question, String events) {
    Exchange exchange = open(path);
    show(exchange.requestBody(null), question);
    ObservedBody response = respond(exchange);
    show(response, events);
    response.closed();
    return accountant.settle(exchange);
  }

  private static Exchange open(String path) {
    return Objects.requireNonNull(
        Exchanges.open("test", "POST", "api.openai.com", 443, path, null));
  }

  private static ObservedBody respond(Exchange exchange) {
    return exchange.response(200, name -> name.equals("content-type") ? "text/event-stream" : null);
  }

  private static void show(ObservedBody body, String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(UTF_8);
    body.accept(bytes, 0, bytes.length);
  }
}
