package io.costattr.it.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.it.versions.Listeners.BrokerKind;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every version of every library that gives messages to listeners, with messages of a real broker:
 * each call says which route and whose it should be.
 */
class ListenersTest {
  private static final Map<BrokerKind, Broker> BROKERS = new HashMap<>();

  @TempDir static Path directory;
  @TempDir Path own;

  static Stream<Arguments> rows() {
    String only = System.getProperty("costattr.test.library", "");
    return Listeners.ALL.stream()
        .filter(library -> only.isEmpty() || library.program().startsWith(only))
        .flatMap(
            library ->
                library.versions().stream()
                    .map(version -> arguments(named(library.name(), library), version)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rows")
  @Execution(ExecutionMode.CONCURRENT)
  void eachCallHasTheRouteOfItsMessage(Library library, String version) throws Exception {
    String classPath = Program.compileListening(library, version, own);
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(own, "Program")
              .withAgent("otel.sdk.disabled=true", "policy.missing=ignore")
              .classPath(classPath)
              .option(library.options(AgentJvm.javaVersion()))
              .argument(server.baseUrl(), address(library), version.replace('.', '-'))
              .run();
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out()).doesNotContain("WRONG");
      assertThat(result.events())
          .as(result.err())
          .allSatisfy(event -> assertThat(seen(event)).isEqualTo(expected(event)))
          .hasSize(calls(result));
      assertThat(result.err().lines().filter(line -> line.startsWith("[costattr]")))
          .allSatisfy(line -> assertThat(line).contains("has left an attribution scope open"));
    }
  }

  private static String seen(JsonNode event) {
    return event.path("route").asText()
        + " "
        + event.path("customer_id").asText()
        + " by "
        + event.path("attribution_source").path("route").asText();
  }

  private static String expected(JsonNode event) {
    String said = event.path("prompt_cache_key").asText();
    return said + " by " + (said.startsWith("queue:") ? "job" : "none");
  }

  private static int calls(Result result) {
    return result
        .out()
        .lines()
        .filter(line -> line.startsWith("calls "))
        .map(line -> Integer.parseInt(line.substring("calls ".length())))
        .findFirst()
        .orElseThrow();
  }

  /** One broker for all versions. */
  private static synchronized String address(Library library) throws Exception {
    BrokerKind kind = Listeners.broker(library);
    Broker broker = BROKERS.get(kind);
    if (broker == null) {
      broker =
          Broker.start(
              kind.program(),
              Files.createDirectories(directory.resolve(kind.program())),
              kind.coordinates().toArray(new String[0]));
      BROKERS.put(kind, broker);
    }
    return broker.address();
  }

  @AfterAll
  static void stopBrokers() throws Exception {
    for (Broker broker : BROKERS.values()) {
      broker.close();
    }
  }
}
