package io.costattr.it.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that have routes, in every version of the matrix: requests to several routes share their
 * threads, and each call says of which route it should be, and of which customer by a header.
 */
class ServedRoutesTest {
  /** How many calls are made at least. */
  private static final Map<Library, Integer> CALLS =
      Map.of(
          Servers.WEBFLUX,
          370,
          Servers.JERSEY,
          36,
          Servers.RESTEASY,
          16,
          Servers.VERTX,
          90,
          Servers.MICRONAUT,
          95,
          Servers.NETTY,
          215);

  /** How many of Jersey's are made where the request is asked who makes it. */
  private static final int AUTHENTICATED = 24;

  /** How many of Netty's are made for requests to one path. */
  private static final int ASKED_FOR = 24;

  @TempDir Path own;

  static Stream<Arguments> rows() {
    return Servers.ALL.stream()
        .flatMap(
            server ->
                server.versions().stream()
                    .filter(version -> server.runsOn(AgentJvm.javaVersion(), version))
                    .map(version -> arguments(named(server.name(), server), version)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rows")
  @Execution(ExecutionMode.CONCURRENT)
  void eachCallIsOfItsOwnRequest(Library server, String version) throws Exception {
    Files.writeString(
        own.resolve("costattr.yaml"),
        """
        rules:
        - customer_id: {header: x-customer}
          tag.user: {principal: name}
        - tag.asked: for
          when: {path: /a, method: GET}
        """);
    String classPath = Program.compile(server, version, own);
    try (LoopbackOpenAi model = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(own, "Program")
              .withAgent("otel.sdk.disabled=true")
              .classPath(classPath)
              .option(server.options(AgentJvm.javaVersion()))
              .argument(model.baseUrl(), version)
              .run();
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out()).isEqualToIgnoringNewLines("done");
      assertThat(result.err()).doesNotContain("internal fault").doesNotContain("is not one");
      assertThat(result.events())
          .hasSizeGreaterThanOrEqualTo(CALLS.get(server))
          .allSatisfy(
              event -> assertThat(said(event)).isEqualTo(event.path("prompt_cache_key").asText()));
      assertThat(result.events().stream().map(event -> event.path("tags").path("user").asText()))
          .filteredOn(user -> !user.isEmpty())
          .hasSize(server == Servers.JERSEY ? AUTHENTICATED : 0)
          .allMatch(user -> user.equals("alice"));
      assertThat(result.events())
          .filteredOn(event -> event.path("tags").path("asked").asText().equals("for"))
          .hasSize(server == Servers.NETTY ? ASKED_FOR : 0);
    }
  }

  /** Its own context is another request's at times, up to 3.2. */
  @Test
  void whatMicronautSaysThatIsWrongAtTimesIsNotBelieved() throws Exception {
    eachCallIsOfItsOwnRequest(Servers.MICRONAUT, "3.2.7");
  }

  private static String said(JsonNode event) {
    return event.path("route").asText() + "|" + event.path("customer_id").asText();
  }
}
