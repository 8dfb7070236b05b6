package io.costattr.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** A program with the agent, a {@link Spender} for the most part, which lives until it is ended. */
final class App {
  private final AgentJvm jvm;
  private final Path directory;
  private final int attempts;
  private Process process;

  private App(Path directory, AgentJvm jvm, int attempts) {
    this.directory = directory;
    this.jvm = jvm;
    this.attempts = attempts;
  }

  /** One that is not started yet, with its files in a directory of its own. */
  static App of(Path parent, String name, LoopbackOpenAi provider, int calls) throws IOException {
    return of(
        parent,
        Spender.class,
        name,
        Spender.attempts(calls),
        provider.baseUrl(),
        Integer.toString(calls),
        name,
        "on demand");
  }

  /** The same of another program, which makes so many attempts by itself. */
  static App of(Path parent, Class<?> program, String name, int attempts, String... arguments)
      throws IOException {
    Path directory = Files.createDirectory(parent.resolve(name));
    AgentJvm jvm =
        AgentJvm.of(directory, program)
            .withAgent(
                "providers.127.0.0.1=openai", "defaults.environment=production", "service=" + name)
            // Trends within a second, so that no test waits for a quarter of a minute.
            .environment("OTEL_METRIC_EXPORT_INTERVAL", "1000")
            .argument(arguments);
    return new App(directory, jvm, attempts);
  }

  App sendingTo(String endpoint) {
    return environment("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
  }

  App sendingTo(int port) {
    return sendingTo("http://127.0.0.1:" + port);
  }

  App environment(String name, String value) {
    jvm.environment(name, value);
    return this;
  }

  App option(String option) {
    jvm.option(option);
    return this;
  }

  App start() throws IOException {
    process = jvm.start();
    return this;
  }

  /** What it has written so far. */
  Ledger ledger() throws IOException {
    return Files.exists(jvm.events()) ? Ledger.of(List.of(jvm.events())) : Ledger.of(List.of());
  }

  String err() throws IOException {
    return Files.readString(directory.resolve("err"));
  }

  /** Waits until its calls are made, and that holds as well. */
  Ledger await(String what, Callable<Boolean> condition) throws IOException {
    Eventually.holds(
        "its calls are made, and " + what,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("it has ended: " + err());
          }
          return ledger().size() >= attempts && condition.call();
        });
    return ledger();
  }

  /** Waits until the collector has taken all of it. */
  Ledger awaitTaken(Collector collector) throws IOException {
    return await("the collector took them", () -> collector.accepted() >= ledger().size());
  }

  /** Has it do once more what it does. */
  App again() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    return this;
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Lets it end. */
  Result end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    Result result = jvm.await(process);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("internal fault");
    return result;
  }
}
