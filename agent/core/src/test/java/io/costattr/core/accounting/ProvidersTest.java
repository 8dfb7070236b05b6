package io.costattr.core.accounting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.Defaults;
import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.config.Key;
import io.costattr.core.dialect.Anomaly;
import io.costattr.core.dialect.Routes;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchanges;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.Basis;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of what other providers than OpenAI say. */
class ProvidersTest {
  private static final String QUESTION =
      "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\","
          + "\"content\":\"Which colour has the sky?\"}]}";
  private static final String START =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"m","model":"claude-sonnet-4-5","usage":\
      {"input_tokens":1000,"cache_read_input_tokens":10000,"output_tokens":1}}}

      event: content_block_delta
      data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"The sky is blue."}}

      """;

  private final Config config =
      ConfigReader.read("azure.deployments.support-bot=gpt-4o-mini", new Properties(), Map.of());
  private final Accountant accountant = new Accountant(config, Defaults.of(config));

  @BeforeEach
  void start() {
    Exchanges.start(
        new Routes(Map.of(), config.family(Key.AZURE_DEPLOYMENTS)),
        over -> {},
        Defaults.of(Attribution.NONE));
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
  }

  @Test
  void aChargeIsBelievedAndNoBookConsulted() {
    CostEvent event =
        accountant.settle(
            answered(
                "openrouter.ai",
                "/api/v1/chat/completions",
                "application/json",
                "{\"model\":\"openai/gpt-4o\",\"choices\":[],\"usage\":{\"prompt_tokens\":1000000,"
                    + "\"completion_tokens\":5,\"total_tokens\":1000005,\"cost\":1.4e-05}}"));

    assertThat(event.cost().basis()).isEqualTo(Basis.PROVIDER);
    assertThat(event.cost().picoUsd()).isEqualTo(14_000_000);
    assertThat(event.cost().lines()).isEmpty();
    assertThat(event.cost().version()).isNull();
    assertThat(Objects.requireNonNull(event.usage()).inputTokens()).isEqualTo(1_000_000);
    assertThat(event.anomaly()).isNull();
  }

  @Test
  void aChargeIsBelievedWhereTheUsageIsNot() {
    CostEvent event =
        accountant.settle(
            answered(
                "api.x.ai",
                "/v1/chat/completions",
                "application/json",
                "{\"model\":\"grok-4\",\"choices\":[],\"usage\":{\"prompt_tokens\":\"7\","
                    + "\"completion_tokens\":5,\"cost_in_usd_ticks\":37756001}}"));

    assertThat(event.cost().basis()).isEqualTo(Basis.PROVIDER);
    assertThat(event.cost().usd()).isEqualByComparingTo("0.0037756001");
    assertThat(event.usage()).isNull();
    assertThat(event.anomaly()).isEqualTo(Anomaly.IMPOSSIBLE_USAGE);
  }

  @Test
  void whatWasReportedWhenAStreamBrokeOffStandsAndTheRestIsCounted() {
    Exchange exchange = exchange("api.anthropic.com", "/v1/messages");
    ObservedBody body = respond(exchange, "text/event-stream");
    show(body, START);
    body.closed();

    CostEvent event = accountant.settle(exchange);

    assertThat(event.cost().basis()).isEqualTo(Basis.ESTIMATED);
    Usage usage = Objects.requireNonNull(event.usage());
    assertThat(usage.quantity(Meter.INPUT)).isEqualTo(1000);
    assertThat(usage.quantity(Meter.CACHED_INPUT)).isEqualTo(10000);
    assertThat(usage.quantity(Meter.OUTPUT)).isEqualTo(5);
    // 1000 at $3, 10000 at $0.30, 5 at $15 per million.
    assertThat(event.cost().usd()).isEqualByComparingTo("0.006075");
  }

  @Test
  void theEndOfAStreamIsReportedAndNotEstimated() {
    CostEvent event =
        accountant.settle(
            answered(
                "api.anthropic.com",
                "/v1/messages",
                "text/event-stream",
                START
                    + """
                    event: message_delta
                    data: {"type":"message_delta","delta":{},"usage":{"output_tokens":40}}

                    event: message_stop
                    data: {"type":"message_stop"}

                    """));

    assertThat(event.cost().basis()).isEqualTo(Basis.REPORTED);
    assertThat(event.cost().usd()).isEqualByComparingTo("0.0066");
  }

  @Test
  void aPartWithoutARateMakesTheCallUnpricedAndNotCheap() {
    CostEvent event =
        accountant.settle(
            answered(
                "generativelanguage.googleapis.com",
                "/v1beta/models/gemini-2.5-flash:generateContent",
                "application/json",
                "{\"candidates\":[],\"modelVersion\":\"gemini-2.5-flash\",\"usageMetadata\":{"
                    + "\"promptTokenCount\":30,\"candidatesTokenCount\":5,\"totalTokenCount\":35,"
                    + "\"promptTokensDetails\":[{\"modality\":\"SCENT\",\"tokenCount\":30}]}}"));

    assertThat(event.cost().basis()).isEqualTo(Basis.UNPRICED);
    assertThat(event.cost().picoUsd()).isNull();
    assertThat(event.anomaly()).isEqualTo(Anomaly.UNPRICEABLE_PART);
  }

  @Test
  void aRegionThatAnthropicNamesCostsMore() {
    CostEvent event =
        accountant.settle(
            answered(
                "api.anthropic.com",
                "/v1/messages",
                "application/json",
                "{\"type\":\"message\",\"model\":\"claude-opus-4-6\",\"content\":[],\"usage\":{"
                    + "\"input_tokens\":1000,\"output_tokens\":100,\"inference_geo\":\"us\"}}"));

    assertThat(event.cost().rule()).endsWith("+regional");
    assertThat(event.cost().usd()).isEqualByComparingTo("0.00825");
  }

  @Test
  void capacityPaidInAdvanceHasNoPricePerToken() {
    CostEvent event =
        accountant.settle(
            answered(
                "api.anthropic.com",
                "/v1/messages",
                "application/json",
                "{\"type\":\"message\",\"model\":\"claude-sonnet-4-5\",\"content\":[],\"usage\":{"
                    + "\"input_tokens\":1000,\"output_tokens\":9,\"service_tier\":\"priority\"}}"));

    assertThat(event.cost().basis()).isEqualTo(Basis.UNPRICED);
    assertThat(event.attempt().servedTier()).isEqualTo("priority");
  }

  @Test
  void theModelOfADeploymentIsTheConfiguredOne() {
    Exchange exchange =
        exchange("acme.openai.azure.com", "/openai/deployments/support-bot/chat/completions");
    ObservedBody body = respond(exchange, "text/event-stream");
    show(body, "data: {\"choices\":[{\"delta\":{\"content\":\"Blue\"}}]}\n\n");
    body.closed();

    CostEvent event = accountant.settle(exchange);

    assertThat(event.cost().basis()).isEqualTo(Basis.ESTIMATED);
    assertThat(event.cost().rule()).contains("deployment_model");
    assertThat(event.cost().picoUsd()).isPositive();
  }

  private static Exchange answered(String host, String path, String contentType, String answer) {
    Exchange exchange = exchange(host, path);
    ObservedBody body = respond(exchange, contentType);
    show(body, answer);
    body.ended();
    return exchange;
  }

  private static Exchange exchange(String host, String path) {
    Exchange exchange =
        Objects.requireNonNull(Exchanges.open("test", "POST", host, 443, path, null));
    ObservedBody request = exchange.requestBody(null);
    show(request, QUESTION);
    request.ended();
    return exchange;
  }

  private static ObservedBody respond(Exchange exchange, String contentType) {
    return exchange.response(200, name -> name.equals("content-type") ? contentType : null);
  }

  private static void show(ObservedBody body, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    body.accept(bytes, 0, bytes.length);
  }
}
