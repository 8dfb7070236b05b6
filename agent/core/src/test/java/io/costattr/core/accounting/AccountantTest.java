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
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.Basis;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountantTest {
  private static final String QUESTION =
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Which colour has"
          + " the sky?\"}]}";
  private static final String ANSWER =
      "{\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"message\":{\"content\":\"Blue.\"}}],"
          + "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":1000,\"total_tokens\":2000}}";
  private static final String WITHOUT_USAGE = ANSWER.replaceAll(",\"usage\":\\{.*?\\}\\}", "}");

  private final Accountant accountant = accountant(null);

  @BeforeEach
  void start() {
    Exchanges.start(
        new Routes(Map.of("127.0.0.1", "openai")), over -> {}, Defaults.of(Attribution.NONE));
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
  }

  @Test
  void aReportedUsageIsPricedByTheModelThatAnswered() {
    CostEvent event = accountant.settle(answered(200, ANSWER));

    assertThat(event.cost().basis()).isEqualTo(Basis.REPORTED);
    assertThat(event.cost().usd()).isEqualByComparingTo("0.00075");
    assertThat(event.model()).isEqualTo("gpt-4o-mini-2024-07-18");
  }

  @Test
  void anUnknownModelIsUnpricedAndNotFree() {
    CostEvent event =
        accountant.settle(
            exchange(
                QUESTION.replace("gpt-4o-mini", "none-77"),
                200,
                ANSWER.replace("gpt-4o-mini-2024-07-18", "none-77")));

    assertThat(event.cost().basis()).isEqualTo(Basis.UNPRICED);
    assertThat(event.cost().picoUsd()).isNull();
    assertThat(Objects.requireNonNull(event.usage()).inputTokens()).isEqualTo(1000);
  }

  @Test
  void whatEndsWithoutUsageIsEstimatedFromWhatPassed() {
    CostEvent event = accountant.settle(answered(200, WITHOUT_USAGE));

    assertThat(event.cost().basis()).isEqualTo(Basis.ESTIMATED);
    assertThat(event.cost().picoUsd()).isPositive();
    assertThat(Objects.requireNonNull(event.usage()).inputTokens()).isEqualTo(12);
    assertThat(event.usage().outputTokens()).isEqualTo(2);
  }

  @Test
  void aUsageThatCannotBeIsEstimatedToo() {
    CostEvent event =
        accountant.settle(
            answered(200, ANSWER.replace("\"prompt_tokens\":1000", "\"prompt_tokens\":-1")));

    assertThat(event.cost().basis()).isEqualTo(Basis.ESTIMATED);
    assertThat(Objects.requireNonNull(event.usage()).inputTokens()).isEqualTo(12);
  }

  @Test
  void whereEstimationIsOffItIsUnknown() {
    CostEvent event = accountant("estimate=false").settle(answered(200, WITHOUT_USAGE));

    assertThat(event.cost().basis()).isEqualTo(Basis.UNKNOWN);
    assertThat(event.cost().picoUsd()).isNull();
    assertThat(event.usage()).isNull();
  }

  @Test
  void aPromptOfWhichNoTextWasSeenIsUnknownAndNotNearlyFree() {
    CostEvent event =
        accountant.settle(
            exchange("{\"model\":\"gpt-4o-mini\",\"messages\":[]}", 200, WITHOUT_USAGE));

    assertThat(event.cost().basis()).isEqualTo(Basis.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"choices\":[{\"mess", "<html>", "no JSON at all"})
  void halfADocumentIsUnknown(String body) {
    CostEvent event = accountant.settle(answered(200, body));

    assertThat(event.cost().basis()).isEqualTo(Basis.UNKNOWN);
    assertThat(event.cost().picoUsd()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 429, 500, 503})
  void anErrorAnswerIsNotBilled(int status) {
    CostEvent event = accountant.settle(answered(status, "{\"error\":{\"code\":\"c\"}}"));

    assertThat(event.cost().basis()).isEqualTo(Basis.NONE);
    assertThat(event.cost().picoUsd()).isZero();
    assertThat(event.attempt().errorCode()).isEqualTo("c");
  }

  @Test
  void whatDidNotReachTheProviderIsNotBilled() {
    Exchange exchange = open();
    show(exchange.requestBody(null), QUESTION.substring(0, 40));
    exchange.failed(new IOException("broken pipe"));

    assertThat(accountant.settle(exchange).cost().basis()).isEqualTo(Basis.NONE);
  }

  @Test
  void whatWasSentAndNotAnsweredMayHaveBeenBilled() {
    Exchange exchange = open();
    show(exchange.requestBody(null), QUESTION);
    exchange.failed(new IOException("reset"));

    CostEvent event = accountant.settle(exchange);

    assertThat(event.cost().basis()).isEqualTo(Basis.UNKNOWN);
    assertThat(event.cost().picoUsd()).isNull();
  }

  @Test
  void workThatGoesOnElsewhereIsNotYetKnown() {
    CostEvent event =
        accountant.settle(answered(200, "{\"status\":\"queued\",\"output\":[],\"usage\":null}"));

    assertThat(event.cost().basis()).isEqualTo(Basis.PENDING);
  }

  @Test
  void anUnknownEncodingIsUnknown() {
    Exchange exchange = open();
    show(exchange.requestBody(null), QUESTION);
    ObservedBody body =
        exchange.response(200, name -> name.equals("content-encoding") ? "br" : null);
    show(body, "whatever");
    body.ended();

    assertThat(accountant.settle(exchange).cost().basis()).isEqualTo(Basis.UNKNOWN);
  }

  private static Exchange answered(int status, String body) {
    return exchange(QUESTION, status, body);
  }

  private static Exchange exchange(String question, int status, String answer) {
    Exchange exchange = open();
    ObservedBody request = exchange.requestBody(null);
    show(request, question);
    request.ended();
    ObservedBody response =
        exchange.response(status, name -> name.equals("content-type") ? "application/json" : null);
    show(response, answer);
    response.ended();
    return exchange;
  }

  private static Exchange open() {
    return Objects.requireNonNull(
        Exchanges.open("test", "POST", "127.0.0.1", 80, "/v1/chat/completions", null));
  }

  private static void show(ObservedBody body, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    body.accept(bytes, 0, bytes.length);
  }

  private static Accountant accountant(@org.jspecify.annotations.Nullable String argument) {
    Config config = ConfigReader.read(argument, new Properties(), Map.of());
    return new Accountant(config, Defaults.of(config));
  }
}
