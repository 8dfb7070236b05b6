package io.costattr.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.config.ConfigReader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

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

  @Test
  void withoutAnyDefaultAllIsMissing() {
    assertThat(defaults("").resolve(Attribution.NONE).missing())
        .containsExactly("feature", "route", "customer_id", "team", "environment");
  }

  private static Defaults defaults(String argument) {
    return Defaults.of(ConfigReader.read(argument, new Properties(), Map.of()));
  }
}
