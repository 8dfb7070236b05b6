package io.costattr.it.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a policy of {@code reject} does to responses that are asked for on web sockets. */
class RefusedSocketsTest {
  private static final String OWN =
      "io.costattr.api.MissingAttributionException without customer_id";

  @TempDir Path directory;

  @Test
  void anAskingWithoutWhatIsRequiredIsRefusedBeforeItIsSent() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, RefusedSockets.class)
              .withAgent(
                  "providers.127.0.0.1=openai",
                  "defaults.environment=test",
                  "otel.sdk.disabled=true",
                  "policy.environment.test=reject customer_id")
              .argument(server.baseUrl())
              .run();

      assertThat(result.out().lines())
          .as(result.err())
          .containsExactly(
              "okhttp threw " + OWN,
              "okhttp-paid true done",
              "jdk failed " + OWN,
              "jdk-paid true done",
              "openai threw com.openai.errors.OpenAIException without customer_id",
              "openai-paid true done");
      assertThat(result.eachEvents("customer_id"))
          .containsExactlyInAnyOrder("okhttp", "jdk", "openai");
      assertThat(result.err()).doesNotContain("internal fault");
    }
  }
}
