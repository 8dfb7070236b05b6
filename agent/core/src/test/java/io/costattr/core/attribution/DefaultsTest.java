package io.costattr.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultsTest {
  private static final Attribution SAID =
      new Attribution("chat", null, " ", "core", null, "r-1", Map.of("a", "said"));

  @Test
  void whatWasSaidWinsAndWhatNobodySaidIsItsOwnBucket() {
    ResolvedAttribution resolved = defaults("defaults.team=other,defaults.route=/r").resolve(SAID);

    assertThat(resolved.feature()).isEqualTo("chat");
    assertThat(resolved.team()).isEqualTo("core");
    assertThat(resolved.route()).isEqualTo("/r");
    assertThat(resolved.customerId()).isEqualTo("(unattributed)");
    assertThat(resolved.missing()).containsExactly("customer_id", "environment");
  }

  @Test
  void tagsAreMergedAndThoseSaidWin() {
    ResolvedAttribution resolved =
        defaults("defaults.tag.a=default,defaults.tag.b=default").resolve(SAID);

    assertThat(resolved.tags()).isEqualTo(Map.of("a", "said", "b", "default"));
  }

  @Test
  void theEnvironmentMayComeFromTheResource() {
    Map<String, String> environment =
        Map.of(
            "OTEL_RESOURCE_ATTRIBUTES",
            "service.version=1, deployment.environment.name=staging ,x=y");

    assertThat(
            Defaults.of(ConfigReader.read(null, new Properties(), environment))
                .resolve(Attribution.NONE)
                .environment())
        .isEqualTo("staging");
    assertThat(
            Defaults.of(
                    ConfigReader.read("defaults.environment=prod", new Properties(), environment))
                .resolve(Attribution.NONE)
                .environment())
        .isEqualTo("prod");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deployment.environment.name=prod                  | prod",
        "a=b,deployment.environment.name = prod            | prod",
        "deployment.environment.name=pre%20prod%2Ceu       | pre prod,eu",
        "deployment.environment.name=a+b                   | a+b",
        "deployment.environment.name=100%                  | 100%",
        "deployment.environment.name=k=v                   | k=v",
        "deployment.environment.name=                      | (unattributed)",
        "deployment.environment.name=%20                   | (unattributed)",
        "deployment.environment.names=prod                 | (unattributed)",
        "x.deployment.environment.name=prod                | (unattributed)",
        "deployment.environment.name                       | (unattributed)",
        ",,=,                                              | (unattributed)"
      })
  void theResourceIsReadAsOpenTelemetryWritesIt(String attributes, String environment) {
    Config config =
        ConfigReader.read(null, new Properties(), Map.of("OTEL_RESOURCE_ATTRIBUTES", attributes));

    assertThat(Defaults.of(config).resolve(Attribution.NONE).environment()).isEqualTo(environment);
  }

  @Test
  void everyDimensionHasADefaultOfItsOwn() {
    ResolvedAttribution resolved =
        defaults(
                "defaults.feature=f,defaults.route=/r,defaults.customer.id=c,defaults.team=t,"
                    + "defaults.environment=e")
            .resolve(Attribution.NONE);

    assertThat(resolved)
        .isEqualTo(
            new ResolvedAttribution(
                "f", "/r", "c", "t", "e", Map.of(), Set.of(), all(Source.DEFAULT)));
  }

  @Test
  void whatIsBlankIsNotSaidNeitherByACallNorByADefault() {
    Attribution blank = new Attribution("", " ", "\t", "\n", "  ", "", Map.of());

    assertThat(defaults("defaults.feature= ,defaults.team=t").resolve(blank).missing())
        .containsExactly("feature", "route", "customer_id", "environment");
  }

  @Test
  void aDefaultIsNoAnswerToWhatACallHasSaid() {
    Attribution said =
        new Attribution("f", "/r", "c", "t", "e", null, Map.of("unit", "said", "x", "y"));

    ResolvedAttribution resolved =
        defaults(
                "defaults.feature=1,defaults.route=2,defaults.customer.id=3,defaults.team=4,"
                    + "defaults.environment=5,defaults.tag.unit=6")
            .resolve(said);

    assertThat(resolved)
        .isEqualTo(
            new ResolvedAttribution(
                "f",
                "/r",
                "c",
                "t",
                "e",
                Map.of("unit", "said", "x", "y"),
                Set.of(),
                all(Source.API)));
  }

  @Test
  void withoutAnyDefaultAllIsMissing() {
    assertThat(defaults("").resolve(Attribution.NONE).missing())
        .containsExactly("feature", "route", "customer_id", "team", "environment");
  }

  private static Sources all(Source source) {
    return Sources.all(source, true, true, true, true, true);
  }

  private static Defaults defaults(String argument) {
    return Defaults.of(ConfigReader.read(argument, new Properties(), Map.of()));
  }
}
