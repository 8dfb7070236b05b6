package io.costattr.it.pipeline;

import io.costattr.loopback.servers.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The OpenTelemetry Collector with a configuration of {@code collector-config}. */
final class Collector implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path directory;
  private final List<String> configurations;
  private final Map<String, String> environment = new TreeMap<>();
  private final int grpcPort = Ports.free();
  private final int httpPort = Ports.free();
  private final int selfPort = Ports.free();
  private final int healthPort = Ports.free();
  private Daemon daemon;

  private Collector(Path directory, List<String> configurations, Map<String, String> environment)
      throws IOException {
    this.directory = directory;
    this.configurations = configurations;
    this.environment.put("COSTATTR_LISTEN", "127.0.0.1");
    this.environment.put("COSTATTR_QUEUE", directory.resolve("queue").toString());
    this.environment.put("COSTATTR_GRPC_PORT", Integer.toString(grpcPort));
    this.environment.put("COSTATTR_HTTP_PORT", Integer.toString(httpPort));
    this.environment.put("COSTATTR_SELF_PORT", Integer.toString(selfPort));
    this.environment.put("COSTATTR_HEALTH_PORT", Integer.toString(healthPort));
    this.environment.putAll(environment);
    daemon = launch();
  }

  /**
   * Starts one and waits until it listens.
   *
   * @param configurations files below {@code collector-config/collector}, or of their own
   */
  static Collector start(Path directory, Map<String, String> environment, String... configurations)
      throws IOException {
    Collector started = new Collector(directory, List.of(configurations), environment);
    started.awaitReady();
    return started;
  }

  private Daemon launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Programs.directory("otelcol").resolve("otelcol").toString());
    for (String configuration : configurations) {
      command.add("--config");
      command.add(Programs.config().resolve("collector").resolve(configuration).toString());
    }
    return Daemon.start(directory, "collector", environment, command);
  }

  private void awaitReady() {
    daemon.awaitAnswer("http://127.0.0.1:" + healthPort);
  }

  int httpPort() {
    return httpPort;
  }

  int grpcPort() {
    return grpcPort;
  }

  /** Where Prometheus fetches what it says of itself. */
  String self() {
    return "127.0.0.1:" + selfPort;
  }

  /** How many events it has taken from agents since it started. */
  long accepted() throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create("http://" + self() + "/metrics")).build(),
            BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith("otelcol_receiver_accepted_log_records"))
        .mapToLong(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)).longValue())
        .sum();
  }

  String log() throws IOException {
    return daemon.log();
  }

  void kill() throws InterruptedException {
    daemon.kill();
  }

  void stop() throws InterruptedException {
    daemon.stop();
  }

  /** On the same ports, with the queue that was there. */
  void restart() throws IOException {
    daemon = launch();
    awaitReady();
  }

  @Override
  public void close() {
    daemon.close();
  }
}
