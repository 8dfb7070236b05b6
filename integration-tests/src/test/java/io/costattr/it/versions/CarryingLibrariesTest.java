package io.costattr.it.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Libraries that take work from thread to thread by themselves carry what is in force along, in
 * every version of the matrix: several customers share threads and sources, and each program says
 * of every hop whose it was.
 */
class CarryingLibrariesTest {
  /** Reactor and WebFlux by Micrometer's propagation, in versions that go together. */
  private static final Library REACTOR =
      library(
              "carryreactor",
              "org.springframework:spring-webflux",
              List.of("6.1.21", "6.2.19", "7.0.9"))
          .besides(
              version ->
                  switch (version) {
                    case "6.1.21" -> Servers.reactive(version, "1.0.6", "3.6.18", "1.1.31");
                    case "6.2.19" -> Servers.reactive(version, "1.1.4", "3.7.19", "1.2.18");
                    default -> Servers.reactive(version, "1.2.1", "3.8.7", "1.3.7");
                  })
          .onNetty();

  private static final Library SPRING =
      library(
          "carryasync", "org.springframework:spring-context", List.of("5.3.39", "6.2.19", "7.0.9"));

  private static final Library COROUTINES =
      library(
              "carrycoroutines",
              "org.jetbrains.kotlinx:kotlinx-coroutines-core-jvm",
              List.of("1.5.2", "1.8.1", "1.11.0"))
          .besides(version -> List.of(Kotlin.STDLIB));

  private static final Library RXJAVA =
      library("carryrxjava", "io.reactivex.rxjava3:rxjava", List.of("3.0.0", "3.1.5", "3.1.12"));

  /** How many hops of each are looked at, and how many calls are made. */
  private record Expected(int hops, int calls) {}

  private static final Map<Library, Expected> ALL =
      Map.of(
          REACTOR, new Expected(390, 200),
          SPRING, new Expected(24, 0),
          COROUTINES, new Expected(5_000, 0),
          RXJAVA, new Expected(10_000, 350));

  @TempDir Path own;

  private static Library library(String program, String artifact, List<String> versions) {
    return new Library(program, artifact, program, versions, Map.of());
  }

  static Stream<Arguments> rows() {
    return ALL.keySet().stream()
        .flatMap(
            library ->
                library.versions().stream()
                    .map(version -> arguments(named(library.program(), library), version)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rows")
  @Execution(ExecutionMode.CONCURRENT)
  void eachHopIsWhoseItShouldBe(Library library, String version) throws Exception {
    String classPath = Program.compile(library, version, own);
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(own, "Program")
              .withAgent("log=off", "otel.sdk.disabled=true")
              .classPath(classPath)
              .option(library.options(AgentJvm.javaVersion()))
              .argument(server.baseUrl())
              .run();
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out().lines().filter(line -> line.startsWith("WRONG"))).isEmpty();
      Expected expected = ALL.get(library);
      assertThat(Integer.parseInt(result.out().trim().replaceFirst("right ", "")))
          .isGreaterThanOrEqualTo(expected.hops());
      assertThat(result.events())
          .hasSizeGreaterThanOrEqualTo(expected.calls())
          .allSatisfy(
              event ->
                  assertThat(event.path("customer_id").asText())
                      .isEqualTo(event.path("prompt_cache_key").asText()));
    }
  }
}
