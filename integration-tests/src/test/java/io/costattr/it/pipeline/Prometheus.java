package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.costattr.loopback.servers.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prometheus with the configuration of {@code collector-config}, and the hosts of this machine. */
final class Prometheus implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path directory;
  private final int port;
  private Daemon daemon;

  private Prometheus(Path directory, int port) throws IOException {
    this.directory = directory;
    this.port = port;
    daemon = launch();
  }

  /**
   * Starts one.
   *
   * @param targets for each host and port of the configuration the one that is here
   */
  static Prometheus start(Path directory, Map<String, String> targets) throws IOException {
    return start(directory, Ports.free(), targets);
  }

  /** Starts one at that port, for who must know it before. */
  static Prometheus start(Path directory, int port, Map<String, String> targets)
      throws IOException {
    Path config = Programs.config().resolve("prometheus");
    String configuration =
        Files.readString(config.resolve("prometheus.yaml"), UTF_8)
            .replace("rules/*.yaml", config.resolve("rules/*.yaml").toString());
    for (Map.Entry<String, String> target : targets.entrySet()) {
      configuration = configuration.replace(target.getKey(), target.getValue());
    }
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("prometheus.yaml"), configuration, UTF_8);
    Prometheus started = new Prometheus(directory, port);
    started.daemon.awaitAnswer(started.url() + "/-/ready");
    return started;
  }

  private Daemon launch() throws IOException {
    return Daemon.start(
        directory,
        "prometheus",
        Map.of(),
        List.of(
            Programs.directory("prometheus").resolve("prometheus").toString(),
            "--config.file=" + directory.resolve("prometheus.yaml"),
            "--storage.tsdb.path=" + directory.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port,
            "--web.enable-otlp-receiver"));
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  void kill() throws InterruptedException {
    daemon.kill();
  }

  void restart() throws IOException {
    daemon = launch();
    daemon.awaitAnswer(url() + "/-/ready");
  }

  /**
   * Lays samples of the past beside what it has, and starts it again.
   *
   * @param openMetrics samples in OpenMetrics' text format, with their times
   */
  void remember(Path openMetrics) throws Exception {
    daemon.stop();
    Process promtool =
        new ProcessBuilder(
                Programs.directory("prometheus").resolve("promtool").toString(),
                "tsdb",
                "create-blocks-from",
                "--max-block-duration=60d",
                "openmetrics",
                openMetrics.toString(),
                directory.resolve("data").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
    if (promtool.waitFor() != 0) {
      throw new AssertionError(said);
    }
    restart();
  }

  /** The present samples of an expression: the labels of each, with its name, and its value. */
  Map<JsonNode, Double> samples(String expression) throws Exception {
    Map<JsonNode, Double> samples = new LinkedHashMap<>();
    for (JsonNode series : query(expression)) {
      samples.put(series.path("metric"), Double.valueOf(series.path("value").path(1).asText()));
    }
    return samples;
  }

  /** The present values of an expression, by one label. */
  Map<String, Double> values(String expression, String label) throws Exception {
    Map<String, Double> values = new TreeMap<>();
    for (JsonNode series : query(expression)) {
      values.put(
          series.path("metric").path(label).asText(),
          Double.valueOf(series.path("value").path(1).asText()));
    }
    return values;
  }

  private JsonNode query(String expression) throws Exception {
    String query = URLEncoder.encode(expression, UTF_8);
    String body =
        HTTP.send(
                HttpRequest.newBuilder(URI.create(url() + "/api/v1/query?query=" + query)).build(),
                BodyHandlers.ofString())
            .body();
    JsonNode answer = JSON.readTree(body);
    if (!"success".equals(answer.path("status").asText())) {
      throw new AssertionError(body);
    }
    return answer.path("data").path("result");
  }

  @Override
  public void close() {
    daemon.close();
  }
}
