package io.costattr.it.pipeline;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.costattr.loopback.servers.Ports;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ClickHouse's engine behind its HTTP interface, with the tables of {@code collector-config}. */
final class ClickHouse implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path directory;
  private final int port;
  private Daemon daemon;

  private ClickHouse(Path directory, int port) throws IOException {
    this.directory = directory;
    this.port = port;
    daemon = launch();
  }

  /** Starts one whose tables are below that directory. */
  static ClickHouse start(Path directory) throws IOException {
    ClickHouse started = new ClickHouse(directory, Ports.free());
    started.daemon.awaitAnswer(started.url() + "/ping");
    return started;
  }

  /** One that does not run yet. */
  static ClickHouse stopped(Path directory) throws Exception {
    ClickHouse started = start(directory);
    started.kill();
    return started;
  }

  private Daemon launch() throws IOException {
    Path config = Programs.config();
    return Daemon.start(
        directory,
        "clickhouse",
        Map.of(),
        List.of(
            Programs.directory("chdb").resolve("venv/bin/python").toString(),
            config.resolve("programs/chdb_server.py").toString(),
            "--port",
            Integer.toString(port),
            "--data",
            directory.resolve("data").toString(),
            "--schema",
            config.resolve("clickhouse/schema").toString()));
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** As the collector wants it. */
  String endpoint() {
    return url() + "?compress=none";
  }

  void kill() throws InterruptedException {
    daemon.kill();
  }

  /** With the tables that were there. */
  void restart() throws IOException {
    daemon = launch();
    daemon.awaitAnswer(url() + "/ping");
  }

  /** What a query answers, as the text of its format. */
  String text(String sql, Map<String, String> parameters) throws Exception {
    StringBuilder url = new StringBuilder(url()).append("/?");
    parameters.forEach(
        (name, value) -> url.append("&param_").append(name).append('=').append(encoded(value)));
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url.toString()))
                .POST(BodyPublishers.ofString(sql))
                .build(),
            BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(response.body() + " of " + sql);
    }
    return response.body().strip();
  }

  /** The rows that a query answers. */
  List<JsonNode> rows(String sql, Map<String, String> parameters) throws Exception {
    List<JsonNode> rows = new ArrayList<>();
    String unquoted = " SETTINGS output_format_json_quote_64bit_integers = 0";
    for (String line : text(sql + unquoted + " FORMAT JSONEachRow", parameters).lines().toList()) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  List<JsonNode> rows(String sql) throws Exception {
    return rows(sql, Map.of());
  }

  long number(String sql) throws Exception {
    return Long.parseLong(text(sql, Map.of()));
  }

  BigDecimal decimal(String sql) throws Exception {
    return new BigDecimal(text(sql, Map.of()));
  }

  /** How many calls the ledger has, each counted once. */
  long calls() throws Exception {
    return number("SELECT count() FROM costattr.costattr_calls FINAL");
  }

  /** Brings the sums by hour and by day up to date, which happens every minute by itself. */
  void sumUp() throws Exception {
    for (String sums :
        List.of("sums_by_hour", "customer_sums_by_hour", "sums_by_day", "customer_sums_by_day")) {
      text("SYSTEM REFRESH VIEW costattr.costattr_" + sums + "_refresh", Map.of());
      text("SYSTEM WAIT VIEW costattr.costattr_" + sums + "_refresh", Map.of());
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    daemon.close();
  }
}
