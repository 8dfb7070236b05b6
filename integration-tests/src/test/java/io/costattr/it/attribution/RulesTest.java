package io.costattr.it.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of {@code costattr.yaml}. */
class RulesTest {
  private static final String RULES =
      """
      defaults: {environment: production}
      rules:
        - customer_id: {header: X-Customer-Id, strip_prefix: "cust:"}
        - route: webhook:crm-sync
          when: {path: ["/jdk/hooks/crm/*", "/shop/hooks/crm/**"], method: POST}
        - route: cron:nightly
          customer_id: internal
          when: {job: io.costattr.it.attribution.RuledCalls$Nightly}
        - route: cron:start
          when: {job: io.costattr.it.attribution.RuledCalls.schedulers}
        - route: cron:timer
          when: {job: "*.RuledCalls$1.run"}
        - route: cron:renamed
          when: {route: cron:weekly}
        - customer_id: spoofed
          when: {feature: [named, onboarding]}
        - team: growth
          when: {feature: onboarding}
        - tag.search: "yes"
          when: {caller: io.costattr.it.attribution.RuledCalls$Search}
        - tag.hedaer: x
          when: {hedaer: {A: b}}
        - tag.prod: "yes"
          when: {environment: prod*}
      """;

  @TempDir Path directory;

  @Test
  void rulesSayWhatTheRequestTheJobAndThePlaceOfTheCallTell() throws Exception {
    Result result = run(RULES);

    assertThat(who(result.events()))
        .containsExactlyInAnyOrder(
            "webhook:crm-sync/rule 1/rule none",
            "webhook:crm-sync/rule (unattributed)/none none",
            "/jdk/route (unattributed)/none none",
            "webhook:crm-sync/rule 3/rule none",
            "webhook:crm-sync/rule (unattributed)/none none",
            "/shop/hooks/*/route (unattributed)/none none",
            "cron:nightly/rule internal/rule none",
            "cron:nightly/rule internal/rule none",
            "cron:start/rule (unattributed)/none none",
            "cron:timer/rule (unattributed)/none none",
            "cron:renamed/rule (unattributed)/none none",
            "(unattributed)/none (unattributed)/none none",
            "(unattributed)/none (unattributed)/none none",
            "(unattributed)/none of the annotation/annotation none",
            "(unattributed)/none of the api/api rule",
            "(unattributed)/none (unattributed)/none none");
    assertThat(result.events())
        .allMatch(event -> event.path("tags").path("prod").asText().equals("yes"))
        .noneMatch(event -> event.path("tags").has("hedaer"));
    assertThat(result.errorLines().stream().filter(line -> line.contains("costattr.yaml")))
        .hasSize(2)
        .anyMatch(
            line ->
                line.contains(
                        "line 22: rules[10].when.hedaer: it is not known; allowed are feature")
                    && line.endsWith("rule 10 is ignored"))
        .anyMatch(line -> line.contains("line 3: rule 1 took a value that is longer than 256"));
  }

  @Test
  void aRequestIsAskedByRulesWhenItsRouteIsNotWanted() throws Exception {
    Result result = run("rules: [customer_id: {header: X-Customer-Id}]", "route.requests=false");

    assertThat(result.eachEvents("customer_id")).contains("cust:1", "cust:3");
    assertThat(result.eachEvents("route")).doesNotContain("/jdk", "/shop/hooks/*");
  }

  @Test
  void aCustomerThatARuleNamesIsSaidSoThatTheCallIsNotRefused() throws Exception {
    Result result =
        run(
            "rules: [customer_id: everybody]",
            "policy.missing=reject",
            "policy.required=customer_id",
            "providers.127.0.0.1=openai");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.eachEvents("customer_id")).hasSize(16).contains("everybody", "of the api");
  }

  private Result run(String yaml, String... settings) throws Exception {
    Files.writeString(directory.resolve("costattr.yaml"), yaml);
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, RuledCalls.class)
              .withAgent(settings)
              .option("-Dcostattr.otel.sdk.disabled=true")
              .argument(server.baseUrl(), directory.resolve("tomcat").toString())
              .run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("internal fault");
      return result;
    }
  }

  /** Route, customer and who said the team. */
  private static List<String> who(List<JsonNode> events) {
    List<String> all = new ArrayList<>();
    for (JsonNode event : events) {
      JsonNode sources = event.path("attribution_source");
      all.add(
          event.path("route").asText()
              + "/"
              + sources.path("route").asText()
              + " "
              + event.path("customer_id").asText()
              + "/"
              + sources.path("customer_id").asText()
              + " "
              + sources.path("team").asText());
    }
    return all;
  }
}
