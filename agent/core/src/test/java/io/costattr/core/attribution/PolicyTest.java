package io.costattr.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.config.ConfigReader;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // configured; feature, customer, environment of the call; what becomes of it
        "                                                         | -    | c | prod | WARN   | feature",
        "policy.missing=reject                                    | -    | c | prod | REJECT | feature",
        "policy.missing=ignore                                    | -    | - | -    | IGNORE |",
        "policy.required=customer_id                              | -    | c | prod | WARN   |",
        "policy.required=customer.id,policy.missing=reject        | -    | - | prod | REJECT | customer_id",
        "policy.environment.prod=reject customer_id               | -    | - | prod | REJECT | customer_id",
        "policy.environment.prod=reject customer_id               | -    | c | prod | REJECT |",
        "policy.environment.prod=reject customer_id               | f    | - | dev  | WARN   | customer_id",
        "policy.environment.prod=reject                           | -    | - | prod | REJECT | feature+customer_id",
        "policy.feature.batch=ignore,policy.environment.prod=reject | batch | - | prod | IGNORE |",
        "policy.feature.batch=reject customer_id,policy.missing=ignore | batch | - | - | REJECT | customer_id",
        "policy.feature.batch=reject,defaults.feature=batch,policy.required=customer_id | - | - | - | REJECT | customer_id",
        "policy.environment.prod=reject,defaults.environment=prod,policy.required=customer_id | f | - | - | REJECT | customer_id",
        "policy.environment.prod=reject,defaults.environment=prod | f    | - | dev  | WARN   | customer_id",
        "policy.missing=reject,defaults.customer.id=internal      | f    | - | prod | REJECT |",
      })
  void aCallIsJudgedByWhatIsRequiredOfItsFeatureAndItsEnvironment(
      @Nullable String configured,
      @Nullable String feature,
      @Nullable String customer,
      @Nullable String environment,
      Policy.Action action,
      @Nullable String missing) {
    Policy.Verdict verdict =
        defaults(configured == null ? "" : configured)
            .judge(new Attribution(feature, "/r", customer, "t", environment, null, Map.of()));

    assertThat(verdict.action()).isEqualTo(action);
    assertThat(verdict.missing().stream().map(Dimension::id))
        .containsExactly(missing == null ? new String[0] : missing.split("\\+"));
  }

  @Test
  void itIsKnownWhetherAnyCallIsRefusedAtAll() {
    assertThat(defaults("").mayReject()).isFalse();
    assertThat(defaults("policy.feature.x=warn,policy.environment.y=ignore").mayReject()).isFalse();
    assertThat(defaults("policy.missing=reject").mayReject()).isTrue();
    assertThat(defaults("policy.feature.x=reject").mayReject()).isTrue();
    assertThat(defaults("policy.environment.y=reject team").mayReject()).isTrue();
  }

  @Test
  void aMissingEnvironmentAloneIsNotWorthLookingForTheCallSite() {
    Defaults warning = defaults("");
    Attribution all = new Attribution("f", "/r", "c", "t", null, null, Map.of());

    assertThat(warning.judge(all).missing()).containsExactly(Dimension.ENVIRONMENT);
    assertThat(warning.judge(all).needsCallSite()).isFalse();
    assertThat(warning.judge(Attribution.NONE).needsCallSite()).isTrue();
    assertThat(defaults("policy.missing=reject").judge(all).needsCallSite()).isTrue();
    assertThat(defaults("policy.missing=ignore").judge(all).needsCallSite()).isFalse();
  }

  @Test
  void whatIsIgnoredHasItsBucketAndIsNotMissed() {
    ResolvedAttribution resolved = defaults("policy.required=feature").resolve(Attribution.NONE);

    assertThat(resolved.missing()).isEqualTo(Set.of("feature"));
    assertThat(resolved.customerId()).isEqualTo("(unattributed)");
    assertThat(resolved.sources().of(Dimension.CUSTOMER_ID)).isEqualTo(Source.NONE);
  }

  @Test
  void whatIsNoPolicyIsSaidAndTheDefaultHolds() {
    assertThat(defaults("policy.missing=refuse").mayReject()).isFalse();
    assertThat(defaults("policy.environment.prod=reject costumer").mayReject()).isFalse();
    assertThat(defaults("policy.required=nothing").judge(Attribution.NONE).missing()).hasSize(5);
  }

  private static Defaults defaults(String argument) {
    return Defaults.of(ConfigReader.read(argument, new Properties(), Map.of()));
  }
}
