package io.costattr.it.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every case in a JVM without the agent and in one with it. */
class DifferentialTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> okHttp() throws Exception {
    return compare(Suite.OKHTTP);
  }

  @TestFactory
  Stream<DynamicTest> javaNetHttp() throws Exception {
    return compare(Suite.JDK);
  }

  @TestFactory
  Stream<DynamicTest> openAiJava() throws Exception {
    return compare(Suite.OPENAI);
  }

  private Stream<DynamicTest> compare(Suite suite) throws Exception {
    Path events = directory.resolve("events.jsonl");
    Child without = new Child(suite, "without", List.of());
    Child with =
        new Child(
            suite,
            "with",
            List.of(
                "-javaagent:" + agent(),
                "-Dcostattr.events.file=" + events,
                "-Dcostattr.providers.127.0.0.1=openai",
                "-Dcostattr.defaults.environment=test"));
    Map<String, List<String>> expected = without.seen();
    Map<String, List<String>> actual = with.seen();
    Map<String, List<JsonNode>> ledger = ledger(events);

    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : suite.cases()) {
      String name = one.name();
      tests.add(
          DynamicTest.dynamicTest(
              name + ": the application notices nothing",
              () -> assertThat(actual.get(name)).isNotNull().isEqualTo(expected.get(name))));
      tests.add(
          DynamicTest.dynamicTest(
              name + ": the ledger says what happened",
              () ->
                  assertThat(one.ledger().complaints(ledger.getOrDefault(name, List.of())))
                      .as(String.join("\n", actual.getOrDefault(name, List.of())))
                      .isEmpty()));
    }
    tests.add(
        DynamicTest.dynamicTest(
            "every entry belongs to a case",
            () -> assertThat(actual.keySet()).containsAll(ledger.keySet())));
    tests.add(
        DynamicTest.dynamicTest(
            "the agent has no fault",
            () -> assertThat(with.errors()).doesNotContain("internal fault", "not every entry")));
    return tests.stream();
  }

  private static Map<String, List<JsonNode>> ledger(Path events) throws IOException {
    Map<String, List<JsonNode>> byFeature = new LinkedHashMap<>();
    for (String line : Files.readAllLines(events, UTF_8)) {
      JsonNode event = JSON.readTree(line);
      byFeature
          .computeIfAbsent(event.path("feature").asText(), unused -> new ArrayList<>())
          .add(event);
    }
    byFeature
        .values()
        .forEach(list -> list.sort(Comparator.comparingInt(e -> e.path("attempt").asInt())));
    return byFeature;
  }

  private static Path agent() {
    return Path.of(System.getProperty("costattr.test.root"), "agent/jar/target/costattr.jar");
  }

  /** One run of the program, to its end. */
  private final class Child {
    private final Path seen;
    private final Path errors;

    Child(Suite suite, String name, List<String> options) throws Exception {
      seen = directory.resolve(suite + "-" + name + ".txt");
      errors = directory.resolve(suite + "-" + name + ".err");
      List<String> command = new ArrayList<>();
      command.add(System.getProperty("costattr.test.java"));
      command.addAll(options);
      command.addAll(List.of("-Xmx512m", "-Duser.language=en", "-cp", classPath()));
      command.addAll(List.of(DifferentialMain.class.getName(), suite.name(), seen.toString()));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(errors.toFile())
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("the program did not end: " + errors());
      }
      assertThat(process.exitValue()).as(errors()).isZero();
    }

    String errors() throws IOException {
      return Files.readString(errors, UTF_8);
    }

    Map<String, List<String>> seen() throws IOException {
      Map<String, List<String>> byCase = new LinkedHashMap<>();
      for (String line : Files.readAllLines(seen, UTF_8)) {
        int tab = line.indexOf('\t');
        byCase
            .computeIfAbsent(line.substring(0, tab), unused -> new ArrayList<>())
            .add(line.substring(tab + 1));
      }
      return byCase;
    }

    /** Without the agent's jar, which is no library. */
    private String classPath() {
      return String.join(
          File.pathSeparator,
          Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
              .filter(entry -> !entry.endsWith("costattr.jar"))
              .filter(entry -> !entry.contains(Path.of("agent", "jar", "target").toString()))
              .toList());
    }
  }
}
