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
import io.costattr.core.price.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is seen of an attempt decides which rows of the book it is priced by. */
class PricedAttemptTest {
  private static final String PRICES =
      """
      # version: test-1
      provider,model,aliases,tier,context,long_context_over,meter,usd,per,regional_uplift,effective_from
      openai,acme-1,acme-latest,standard,short,,input,10,1000000,1.1,2020-01-01
      openai,acme-1,,standard,short,,cached_input,1,1000000,1.1,2020-01-01
      openai,acme-1,,standard,short,,output,20,1000000,1.1,2020-01-01
      openai,acme-1,,standard,long,100000,input,100,1000000,1.1,2020-01-01
      openai,acme-1,,standard,long,100000,cached_input,10,1000000,1.1,2020-01-01
      openai,acme-1,,standard,long,100000,output,200,1000000,1.1,2020-01-01
      openai,acme-1,,flex,short,,input,5,1000000,,2020-01-01
      openai,acme-1,,flex,short,,output,10,1000000,,2020-01-01
      openai,acme-1,,priority,short,,input,25,1000000,,2020-01-01
      openai,acme-1,,priority,short,,output,50,1000000,,2020-01-01
      openai,acme-old,,standard,short,,input,1,1000000,,2020-01-01
      openai,acme-old,,standard,short,,output,2,1000000,,2020-01-01
      gateway,acme-1,,standard,short,,input,30,1000000,,2020-01-01
      gateway,acme-1,,standard,short,,output,60,1000000,,2020-01-01
      """;

  @TempDir Path directory;

  @BeforeEach
  void start() {
    Exchanges.start(
        new Routes(Map.of("gateway.internal", "gateway")),
        over -> {},
        Defaults.of(Attribution.NONE));
  }

  @AfterEach
  void stop() {
    Exchanges.stop();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "acme-1,            acme-old, 0.03,  response_model",
        "acme-latest,       acme-old, 0.03,  response_model_alias",
        "acme-1-2025-06-01, acme-old, 0.03,  response_model_family",
        "-,                 acme-old, 0.003, request_model",
        "inner-77,          acme-old, 0.003, request_model",
        "ft:acme-1:us::x,   acme-1,   -,     -",
        "inner-77,          inner-78, -,     -"
      })
  void theModelThatAnsweredGoesBeforeTheOneAsked(
      String answered, String asked, String usd, String rule) throws IOException {
    Cost cost =
        settle(
                "api.openai.com",
                "{'model':'" + asked + "'}",
                answer(answered == null ? "" : "'model':'" + answered + "',"))
            .cost();

    assertThat(cost.rule()).isEqualTo(rule);
    assertThat(cost.basis()).isEqualTo(usd == null ? Basis.UNPRICED : Basis.REPORTED);
    assertPriced(cost, usd);
    assertThat(cost.version()).endsWith("+test-1");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-,        -,        0.03",
        "flex,     flex,     0.015",
        "flex,     -,        0.015",
        "priority, default,  0.03",
        "auto,     priority, 0.075",
        "-,        priority, 0.075",
        "flex,     auto,     0.015",
        "auto,     -,        0.03",
        "fast,     -,        0.075",
        "-,        scale,    -",
        "batch,    batch,    -"
      })
  void theTierServedGoesBeforeTheOneAsked(String asked, String served, String usd)
      throws IOException {
    CostEvent event =
        settle(
            "api.openai.com",
            "{'model':'acme-1'" + (asked == null ? "" : ",'service_tier':'" + asked + "'") + "}",
            answer(
                "'model':'acme-1'," + (served == null ? "" : "'service_tier':'" + served + "',")));

    assertPriced(event.cost(), usd);
    assertThat(event.attempt().requestedTier()).isEqualTo(asked);
    assertThat(event.attempt().servedTier()).isEqualTo(served);
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com,        0.03,  response_model",
    "eu.api.openai.com,     0.033, response_model+regional",
    "EU.API.OPENAI.COM,     0.033, response_model+regional",
    "gateway.internal,      0.09,  response_model",
    "mine.openai.azure.com, 0.03,  openai_model_name:response_model",
    "unnamed.internal,      0.03,  openai_model_name:response_model"
  })
  void theHostDecidesOnTheProviderAndTheRegion(String host, String usd, String rule)
      throws IOException {
    Cost cost = settle(host, "{'model':'acme-1'}", answer("'model':'acme-1',")).cost();

    assertPriced(cost, usd);
    assertThat(cost.rule()).isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource({"100000, 50000, 0.55002", "100001, 50000, 5.5003", "100001, 0, 10.0003"})
  void beyondTheThresholdTheWholeRequestIsLong(long prompt, long cached, String usd)
      throws IOException {
    Cost cost =
        settle(
                "api.openai.com",
                "{'model':'acme-1'}",
                "{'model':'acme-1','usage':{'prompt_tokens':"
                    + prompt
                    + ",'completion_tokens':1,'prompt_tokens_details':{'cached_tokens':"
                    + cached
                    + "}}}")
            .cost();

    assertPriced(cost, usd);
  }

  @Test
  void anAzureDeploymentThatNamesNoModelIsCountedAndNotFree() throws IOException {
    CostEvent event =
        settle(
            "mine.openai.azure.com",
            "/openai/deployments/our-own/chat/completions",
            "{'messages':[]}",
            answer(""));

    assertThat(event.cost().basis()).isEqualTo(Basis.UNPRICED);
    assertThat(event.cost().picoUsd()).isNull();
    assertThat(event.cost().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.quantity()).isEqualTo(1000));
    assertThat(event.model()).isEqualTo("our-own");
    assertThat(Objects.requireNonNull(event.usage()).outputTokens()).isEqualTo(1000);
  }

  private static void assertPriced(Cost cost, String usd) {
    if (usd == null) {
      assertThat(cost.basis()).isEqualTo(Basis.UNPRICED);
      assertThat(cost.usd()).isNull();
      assertThat(cost.lines()).isNotEmpty();
    } else {
      assertThat(cost.usd()).isEqualByComparingTo(usd);
    }
  }

  /** A thousand tokens read and a thousand written. */
  private static String answer(String members) {
    return "{" + members + "'usage':{'prompt_tokens':1000,'completion_tokens':1000}}";
  }

  private CostEvent settle(String host, String question, String answer) throws IOException {
    return settle(host, "/v1/chat/completions", question, answer);
  }

  private CostEvent settle(String host, String path, String question, String answer)
      throws IOException {
    Exchange exchange =
        Objects.requireNonNull(Exchanges.open("test", "POST", host, 443, path, null));
    show(exchange.requestBody(null), question);
    show(exchange.response(200, name -> null), answer);
    Path prices = Files.writeString(directory.resolve("prices.csv"), PRICES);
    Config config = ConfigReader.read("prices.file=" + prices, new Properties(), Map.of());
    return new Accountant(config, Defaults.of(config)).settle(exchange);
  }

  private static void show(ObservedBody body, String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
    body.accept(bytes, 0, bytes.length);
    body.ended();
  }
}
