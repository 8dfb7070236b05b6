package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that runs until it is stopped, with its own log. */
final class Daemon implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final Path log;
  private final Process process;

  private Daemon(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** Starts it in that directory; its log is appended to when it is started again. */
  static Daemon start(
      Path directory, String name, Map<String, String> environment, List<String> command)
      throws IOException {
    Files.createDirectories(directory);
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new Daemon(name, log, builder.start());
  }

  /** Waits until that address answers with 200. */
  Daemon awaitAnswer(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(2)).build();
    Eventually.holds(
        name + " answers at " + url,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended: " + log());
          }
          return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        });
    return this;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  String log() throws IOException {
    return Files.readString(log, UTF_8);
  }

  /** SIGKILL: it has no time for anything. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and its end. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError(name + " did not end when it was asked to");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
