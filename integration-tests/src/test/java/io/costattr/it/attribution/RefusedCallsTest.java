package io.costattr.it.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedCallsTest {
  private static final int CLIENTS = 11;
  private static final String IO = "java.io.IOException without customer_id";
  private static final String OWN =
      "io.costattr.api.MissingAttributionException without customer_id";
  private static final String SDK = "com.openai.errors.OpenAIException without customer_id";

  @TempDir Path directory;

  @Test
  void aCallWithoutWhatIsRequiredIsRefusedBeforeAnythingIsSentAndLooksLikeTheClientsOwnError()
      throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result = run(server, "policy.environment.test=reject customer_id", "log=info");

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out().lines().filter(line -> !line.contains("-paid ")))
          .containsExactly(
              "okhttp threw " + IO,
              "okhttp-async failed " + IO,
              "jdk threw " + IO,
              "jdk-async failed " + OWN,
              "apache4 threw " + IO,
              "apache4-minimal threw " + IO,
              "apache5 threw " + IO,
              "apache5-minimal threw " + IO,
              "openai threw " + SDK,
              "openai-async failed " + SDK,
              "openai-stream threw " + SDK);
      assertThat(result.out().lines().filter(line -> line.contains("-paid ")))
          .hasSize(CLIENTS)
          .noneMatch(line -> line.contains("threw") || line.contains("failed"));
      assertThat(server.server().requests()).hasSize(CLIENTS);
      List<JsonNode> events = result.events();
      assertThat(events)
          .hasSize(CLIENTS)
          .allSatisfy(
              event -> {
                JsonNode sources = event.path("attribution_source");
                assertThat(sources.path("customer_id").asText()).isEqualTo("api");
                assertThat(sources.path("environment").asText()).isEqualTo("default");
                assertThat(sources.path("feature").asText()).isEqualTo("none");
                assertThat(event.path("attempt").asInt()).isEqualTo(1);
              });
      assertThat(result.errorLines())
          .filteredOn(line -> line.contains("refuses a model call without customer_id"))
          .isNotEmpty()
          .allMatch(line -> line.contains("RefusedCalls."));
      assertThat(result.err())
          .doesNotContain("internal fault")
          .doesNotContain("Exception in thread")
          .contains("coverage: every one of " + CLIENTS + " calls says who pays");
    }
  }

  @Test
  void aCallThatIsOnlyWarnedOfGoesOnAndTheReportAtTheExitNamesItsCallSite() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result = run(server, "policy.required=customer_id", "log=info");

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(server.server().requests()).hasSize(2 * CLIENTS);
      assertThat(result.errorLines())
          .anyMatch(
              line ->
                  line.contains(
                      "coverage: " + CLIENTS + " of " + 2 * CLIENTS + " calls lack a dimension"))
          .anyMatch(
              line -> line.matches(".*coverage: .*RefusedCalls.*:\\d+ without customer_id: .*"));
    }
  }

  @Test
  void whatIsIgnoredIsNeitherSaidNorRefused() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result = run(server, "policy.missing=ignore", "log=info");

      assertThat(server.server().requests()).hasSize(2 * CLIENTS);
      assertThat(result.err())
          .doesNotContain("do not say")
          .contains("coverage: every one of " + 2 * CLIENTS + " calls says who pays");
      assertThat(result.eachEvents("feature")).containsOnly("(unattributed)");
    }
  }

  private Result run(LoopbackOpenAi server, String... settings) throws Exception {
    return AgentJvm.of(directory, RefusedCalls.class)
        .withAgent(settings)
        .option(
            "-Dcostattr.providers.127.0.0.1=openai",
            "-Dcostattr.defaults.environment=test",
            "-Dcostattr.otel.sdk.disabled=true")
        .argument(server.baseUrl())
        .run();
  }
}
