package io.costattr.it.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LocalhostTls;
import io.costattr.loopback.LoopbackOpenAi;
import io.costattr.loopback.WireServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every supported library in every version of the matrix makes each kind of call, and each attempt
 * is one event with the provider's own figures.
 *
 * <p>The property {@code costattr.test.library} (for example {@code okhttp:4.12.0}, or {@code
 * okhttp}) runs only what it names.
 */
class VersionsTest {
  private static final String ONLY = System.getProperty("costattr.test.library", "");

  /** Of each row's own, for rows run beside each other. */
  @TempDir Path own;

  static Stream<Arguments> rows() {
    return Library.all().stream()
        .flatMap(
            library ->
                library.versions().stream()
                    .filter(version -> (library.program() + ":" + version + ":").startsWith(ONLY))
                    .map(version -> arguments(named(library.program(), library), version)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rows")
  @Execution(ExecutionMode.CONCURRENT)
  void everyAttemptIsOneEvent(Library library, String version) throws Exception {
    String classPath = Program.compile(library, version, own);
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        LoopbackOpenAi secure = LoopbackOpenAi.start(WireServer.Options.defaults().withTls());
        WireServer anthropic = WireServer.start(new AnthropicWire());
        Http2Front http2 = Http2Front.start()) {
      Result result =
          AgentJvm.of(own, "Program")
              .withAgent(
                  "otel.sdk.disabled=true",
                  "defaults.environment=test",
                  "defaults.route=r",
                  "defaults.team=t",
                  "providers.127.0.0.1=openai",
                  "providers.127.0.0.1/anthropic=anthropic",
                  "providers.localhost=openai")
              .classPath(classPath)
              .option(trust(own))
              .option(library.options(AgentJvm.javaVersion()))
              .argument(server.baseUrl(), secure.baseUrl(), anthropic.url() + "/anthropic")
              .argument(http2.baseUrl())
              .run();
      assertThat(result.err().lines().filter(line -> !line.contains("SLF4J"))).isEmpty();
      assertThat(result.out()).isEqualToIgnoringNewLines("done");
      Map<String, Integer> attempts = new TreeMap<>();
      Map<String, String> retried = new TreeMap<>();
      for (JsonNode event : result.events()) {
        String customer = event.path("customer_id").asText();
        attempts.merge(customer, 1, Integer::sum);
        if (customer.endsWith("retried")) {
          String call = event.path("request_id").asText();
          assertThat(retried.merge(customer, call, (first, again) -> first)).isEqualTo(call);
        }
        check(event, library, version);
      }
      assertThat(attempts).isEqualTo(library.attempts(version));
    }
  }

  private static String[] trust(Path directory) throws IOException {
    Path store = directory.resolve("localhost.p12");
    try (InputStream in = LocalhostTls.class.getResourceAsStream("localhost.p12")) {
      Files.copy(in, store);
    }
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=loopback"
    };
  }

  private static void check(JsonNode event, Library library, String version) {
    String seen = event.toString();
    String customer = event.path("customer_id").asText();
    String client = library.client(version, customer);
    if (client.endsWith("*")) {
      assertThat(event.path("client").asText())
          .as(seen)
          .startsWith(client.substring(0, client.length() - 1));
    } else {
      assertThat(event.path("client").asText()).as(seen).isEqualTo(client);
    }
    assertThat(event.path("request_model").asText()).as(seen).isNotEmpty();
    int status = event.path("http_status").asInt();
    if (status == 200 || status == 101) {
      assertThat(event.path("cost_basis").asText()).as(seen).isEqualTo(library.basis(customer));
      assertThat(event.path("outcome").asText()).as(seen).isEqualTo("completed");
      if (library.basis(customer).equals("reported")) {
        assertThat(event.path("prompt_tokens").asInt()).as(seen).isEqualTo(2);
      }
      assertThat(event.path("cost_usd").asDouble()).as(seen).isPositive();
    } else {
      assertThat(status).as(seen).isEqualTo(429);
      assertThat(event.path("cost_usd").asDouble()).as(seen).isZero();
    }
  }
}
