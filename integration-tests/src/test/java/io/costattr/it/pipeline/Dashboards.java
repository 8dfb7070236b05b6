package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dashboards of {@code collector-config}, and the programs beside them. */
final class Dashboards {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path GRAFANA = Programs.config().resolve("grafana");

  private Dashboards() {}

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  static List<JsonNode> all() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (Path file : files()) {
      all.add(JSON.readTree(file.toFile()));
    }
    return all;
  }

  /**
   * Asks everything that they ask, and writes the answers there.
   *
   * @param options more of them, for {@code ask.py}
   * @return for each dashboard the answers to its panels
   */
  static List<JsonNode> ask(
      Prometheus prometheus, ClickHouse clickHouse, Path to, String... options) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add(GRAFANA.resolve("render/ask.py").toString());
    arguments.addAll(List.of("--prometheus", prometheus.url()));
    arguments.addAll(List.of("--clickhouse", clickHouse.url()));
    arguments.addAll(List.of(options));
    for (Path file : files()) {
      arguments.add(file.toString());
    }
    Files.writeString(to, python(arguments), UTF_8);
    List<JsonNode> answers = new ArrayList<>();
    JSON.readTree(to.toFile()).forEach(answers::add);
    return answers;
  }

  /** Draws what was answered, one picture a dashboard. */
  static void draw(Path answers, Path pictures) throws Exception {
    python(
        List.of(
            GRAFANA.resolve("render/draw.py").toString(),
            "--dashboards",
            GRAFANA.resolve("dashboards").toString(),
            "--to",
            pictures.toString(),
            answers.toString()));
  }

  /** The queries of the alerts that Grafana is provisioned with, by their titles. */
  static Map<String, String> alerts() throws IOException {
    String rules = Files.readString(GRAFANA.resolve("provisioning/alerting/rules.yaml"), UTF_8);
    Map<String, String> queries = new TreeMap<>();
    Matcher matcher =
        Pattern.compile("title: (\\w+)|rawSql: \\|\\n((?: {16}.*\\n)+)").matcher(rules);
    String title = "";
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        title = matcher.group(1);
      } else {
        queries.put(title, matcher.group(2));
      }
    }
    return queries;
  }

  /** What a program says; it must succeed. */
  private static String python(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Programs.directory("chdb").resolve("venv/bin/python").toString());
    command.addAll(arguments);
    Path errors = Files.createTempFile("python", ".txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(said + Files.readString(errors, UTF_8));
    }
    Files.delete(errors);
    return said;
  }
}
