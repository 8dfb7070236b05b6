package io.costattr.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is configured wrong is said in one line each, and the application runs. */
class ConfigurationTest {
  @TempDir Path directory;

  @Test
  void unknownKeysAndBadValuesAreNamedWithTheirSource() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Calls.class)
              .withAgent("evnts.file=x", "events.keep=many")
              .environment("COSTATTR_LOG", "loud")
              .argument(server.baseUrl())
              .run();
      assertThat(result.exit()).isZero();
      assertThat(result.errorLines())
          .hasSize(3)
          .anyMatch(line -> line.contains("costattr.evnts.file") && line.contains("-D"))
          .anyMatch(line -> line.contains("costattr.events.keep") && line.contains("whole number"))
          .anyMatch(line -> line.contains("costattr.log") && line.contains("COSTATTR_LOG"));
      assertThat(result.events()).hasSize(Calls.COUNT);
    }
  }

  @Test
  void aFileThatIsNoYamlIsIgnoredAndAGoodOneHolds() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Files.writeString(directory.resolve("costattr.yaml"), "events: [unclosed\n  : {");
      Result bad = AgentJvm.of(directory, Calls.class).withAgent().argument(server.baseUrl()).run();
      assertThat(bad.errorLines()).singleElement().asString().contains("costattr.yaml");
      assertThat(bad.events()).hasSize(Calls.COUNT);

      Files.writeString(
          directory.resolve("costattr.yaml"),
          "defaults:\n  tag:\n    region: eu-1\nproviders:\n  127.0.0.1: openai\n");
      Result good =
          AgentJvm.of(directory, Calls.class).withAgent().argument(server.baseUrl()).run();
      assertThat(good.err()).isEmpty();
      assertThat(good.events()).hasSize(2 * Calls.COUNT);
      assertThat(good.events().subList(Calls.COUNT, 2 * Calls.COUNT))
          .allMatch(event -> event.path("tags").path("region").asText().equals("eu-1"))
          .allMatch(event -> event.path("event").asText().equals("openai.request"));
    }
  }

  @Test
  void disabledInTheFileNothingIsObserved() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Files.writeString(directory.resolve("costattr.yaml"), "enabled: false\n");
      Result result =
          AgentJvm.of(directory, Calls.class).withAgent().argument(server.baseUrl()).run();
      assertThat(result.err()).isEmpty();
      assertThat(result.events()).isEmpty();
    }
  }

  @Test
  void anEventsFileThatCannotBeWrittenIsNamedOnce() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Files.createDirectory(directory.resolve("events.jsonl"));
      Result result =
          AgentJvm.of(directory, Calls.class).withAgent().argument(server.baseUrl()).run();
      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains("done");
      List<String> lines = result.errorLines();
      assertThat(lines).isNotEmpty().allMatch(line -> line.startsWith("[costattr]"));
      assertThat(lines.stream().filter(line -> line.contains("events.jsonl"))).hasSize(1);
      assertThat(lines).anyMatch(line -> line.contains("not every entry"));
    }
  }

  @Test
  void aPriceFileWithAFaultIsRefusedWithItsLine() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Path prices = directory.resolve("prices.csv");
      Files.writeString(prices, "this,is,no,price,file\n");
      Result result =
          AgentJvm.of(directory, Calls.class)
              .withAgent("prices.file=" + prices)
              .argument(server.baseUrl())
              .run();
      assertThat(result.errorLines())
          .singleElement()
          .asString()
          .contains("prices.csv")
          .contains("refused");
      assertThat(result.eachEvents("cost_basis")).containsOnly("reported");
    }
  }
}
