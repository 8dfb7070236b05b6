package io.costattr.it.budget;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@link BudgetedCalls} in a JVM of its own, with budgets. */
final class Program implements AutoCloseable {
  private static final long MINUTES = 3;

  private final Path directory;
  private final AgentJvm jvm;
  private final Process process;
  private int lines;

  private Program(Path directory, AgentJvm jvm, Process process) {
    this.directory = directory;
    this.jvm = jvm;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param directory its working directory, which has its {@code costattr.yaml}
   */
  static Program start(Path directory, String base, String... settings) throws IOException {
    AgentJvm jvm =
        AgentJvm.of(directory, BudgetedCalls.class)
            .option(
                "-Dcostattr.providers.127.0.0.1=openai",
                "-Dcostattr.defaults.environment=test",
                "-Dcostattr.otel.sdk.disabled=true",
                "-Dcostattr.policy.missing=ignore")
            .withAgent(settings)
            .argument(base);
    return new Program(directory, jvm, jvm.start());
  }

  /** Lets it make calls, and returns what it says of them. */
  String calls(String client, String customer, int count, int threads) throws IOException {
    String command = client + " " + customer + " " + count + " " + threads + "\n";
    try {
      process.getOutputStream().write(command.getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException ended) {
      throw new AssertionError("it has ended: " + said(), ended);
    }
    lines++;
    return awaitLine(lines);
  }

  private String awaitLine(int number) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (true) {
      List<String> out = Files.readString(directory.resolve("out"), UTF_8).lines().toList();
      if (out.size() >= number) {
        return out.get(number - 1);
      }
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new AssertionError("no answer: " + out + said());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** What it has said on standard error so far. */
  String said() throws IOException {
    return Files.readString(directory.resolve("err"), UTF_8);
  }

  void awaitSaid(String text) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (!said().contains(text)) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it does not say \"" + text + "\" but " + said());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Ends it as a user would. */
  Result end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return jvm.await(process);
  }

  /** Ends it as nobody would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
