package io.costattr.it.versions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spring AI's observations, of which Micrometer makes spans of OpenTelemetry. */
class SpringAiSpansTest {
  private static final String TRACING = "io.micrometer:micrometer-tracing-bridge-otel:1.5.5";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"1.0.0, sync stream embedding", "1.1.8, sync stream embedding", "2.0.1, sync"})
  void theSpanOfAnObservationIsEnriched(String version, String observed) throws Exception {
    boolean first = version.startsWith("1.");
    Library library =
        new Library(
                "spring-ai",
                "org.springframework.ai:spring-ai-openai",
                "springaiobserved",
                List.of(version),
                Map.of())
            .besides(
                any ->
                    first
                        ? List.of(TRACING)
                        : List.of(TRACING, "com.fasterxml.jackson.core:jackson-annotations:2.21"))
            .adapted((source, any) -> first ? source : ofTheSecond(source));
    String classPath = Program.compile(library, version, directory);
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, "Program")
              .classPath(classPath)
              .withAgent("otel.traces.exporter=none", "otel.logs.exporter=none")
              .argument(server.baseUrl())
              .run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("internal fault");

      Map<String, String[]> enriched = new TreeMap<>();
      result
          .out()
          .lines()
          .map(line -> line.split("\\|"))
          .filter(span -> span.length == 5 && !span[3].equals("null"))
          .forEach(span -> assertThat(enriched.put(span[3], span)).isNull());
      assertThat(enriched).containsOnlyKeys(observed.split(" "));
      for (JsonNode event : result.events()) {
        String[] span = enriched.get(event.path("customer_id").asText());
        if (span != null) {
          assertThat(event.path("span_id").asText()).isEqualTo(span[2]);
          assertThat(span[1]).contains(event.path("request_model").asText());
          assertThat(span[4])
              .isEqualTo(
                  event
                      .path("cost_usd")
                      .decimalValue()
                      .movePointRight(12)
                      .toBigIntegerExact()
                      .toString());
        }
      }
    }
  }

  private static String ofTheSecond(String source) {
    return source
        .replaceAll("(?s) *// 1:\n.*?// end\n", "")
        .replaceAll("(?s)/\\* 2:\n(.*?)\\*/", "$1");
  }
}
