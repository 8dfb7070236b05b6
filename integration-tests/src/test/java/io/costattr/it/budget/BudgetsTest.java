package io.costattr.it.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetsTest {
  private static final String BLOCKED = "429:monthly_ai_quota_exceeded";
  private static final String SDK = "RateLimitException:429:monthly_ai_quota_exceeded";

  @TempDir private Path directory;

  private static void policy(Path directory, String yaml) throws IOException {
    Files.writeString(directory.resolve("costattr.yaml"), yaml, UTF_8);
  }

  private static String calls(int limit) {
    return "budgets: [{name: calls, each: customer_id, limit: "
        + limit
        + " calls, window: month, action: block}]\n";
  }

  @Test
  void aUsedUpBudgetIsWhatA429IsToEveryClientAndNothingIsSent() throws Exception {
    policy(directory, calls(3));
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        Program program = Program.start(directory, server.baseUrl())) {
      assertThat(program.calls("openai", "a", 5, 1)).isEqualTo(SDK + "=2 ok=3");
      assertThat(program.calls("okhttp", "b", 5, 1)).isEqualTo(BLOCKED + "=2 ok=3");
      assertThat(program.calls("jdk", "c", 5, 1)).isEqualTo(BLOCKED + "=2 ok=3");
      assertThat(program.calls("apache5", "d", 5, 1)).isEqualTo(BLOCKED + "=2 ok=3");
      Result result = program.end();

      assertThat(server.server().requests()).hasSize(12);
      List<JsonNode> events = result.events();
      assertThat(events).hasSize(20);
      List<JsonNode> blocked =
          events.stream()
              .filter(event -> event.path("error_code").asText().contains("quota_exceeded"))
              .toList();
      assertThat(blocked)
          .hasSize(8)
          .allSatisfy(
              event -> {
                assertThat(event.path("cost_usd").decimalValue()).isZero();
                assertThat(event.path("cost_basis").asText()).isEqualTo("none");
                assertThat(event.path("request_model").asText()).isEqualTo("gpt-5.5");
                assertThat(event.path("attempt").asInt()).isEqualTo(1);
              });
      assertThat(result.err())
          .contains("The budget calls of a is used up: of 3 calls, 3 calls are spent")
          .doesNotContain("internal fault");
    }
  }

  @Test
  void manyThreadsSpendNoMoreThanTheLimitAndAllOfIt() throws Exception {
    policy(directory, "budgets: [{name: money, limit: $0.05, window: month, action: block}]\n");
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        Program program = Program.start(directory, server.baseUrl())) {
      program.calls("jdk", "a", 40, 16);
      program.calls("openai", "a", 200, 1);
      Result result = program.end();

      BigDecimal spent = BigDecimal.ZERO;
      for (JsonNode event : result.events()) {
        spent = spent.add(event.path("cost_usd").decimalValue());
      }
      assertThat(spent).isLessThanOrEqualTo(new BigDecimal("0.05"));
      // What is left is less than the maximum of one call: 200 tokens at $30 a million, and input.
      assertThat(spent).isGreaterThan(new BigDecimal("0.043"));
      assertThat(result.err()).doesNotContain("internal fault");
    }
  }

  @Test
  void whatWasSpentSurvivesTheEndOfTheJvmAndItsDeath() throws Exception {
    policy(directory, calls(9));
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      try (Program first = Program.start(directory, server.baseUrl())) {
        assertThat(first.calls("jdk", "a", 4, 1)).isEqualTo("ok=4");
        first.end();
      }
      try (Program second = Program.start(directory, server.baseUrl())) {
        assertThat(second.calls("jdk", "a", 3, 1)).isEqualTo("ok=3");
        // The file is written twice a second.
        awaitSpent(directory.resolve("costattr-budgets.log"), 7);
        second.kill();
      }
      try (Program third = Program.start(directory, server.baseUrl())) {
        assertThat(third.calls("jdk", "a", 5, 1)).isEqualTo(BLOCKED + "=3 ok=2");
      }
    }
  }

  @Test
  void twoJvmsShareTheFileThatBothName() throws Exception {
    Path one = Files.createDirectory(directory.resolve("one"));
    Path other = Files.createDirectory(directory.resolve("other"));
    policy(one, calls(6));
    policy(other, calls(6));
    Path file = directory.resolve("shared/budgets.log");
    String setting = "budget.file=" + file;
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        Program first = Program.start(one, server.baseUrl(), setting);
        Program second = Program.start(other, server.baseUrl(), setting)) {
      assertThat(first.calls("jdk", "a", 2, 1)).isEqualTo("ok=2");
      assertThat(second.calls("jdk", "a", 2, 1)).isEqualTo("ok=2");
      awaitSpent(file, 4);
      first.end();
      // Its last exchange has told it of the other's.
      assertThat(second.calls("jdk", "b", 1, 1)).isEqualTo("ok=1");
      awaitSpent(file, 5);
      assertThat(second.calls("jdk", "a", 4, 1)).isEqualTo(BLOCKED + "=2 ok=2");
    }
  }

  /** Waits until the lines of the file come to so many calls. */
  private static void awaitSpent(Path file, long calls) throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (spent(file) < calls) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(Files.readString(file));
      }
      Thread.onSpinWait();
    }
  }

  private static long spent(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    return Files.readString(file)
        .lines()
        .filter(line -> line.startsWith("spent "))
        .mapToLong(line -> Long.parseLong(line.split(" ")[5]))
        .sum();
  }

  @Test
  void anotherPolicyTakesEffectAndABadOneDoesNot() throws Exception {
    policy(directory, "defaults: {team: search}\n");
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        Program program = Program.start(directory, server.baseUrl(), "log=info")) {
      assertThat(program.calls("jdk", "a", 2, 1)).isEqualTo("ok=2");
      policy(directory, calls(2));
      program.awaitSaid("budgets: 1 in force");
      program.awaitSaid("what was spent before is loaded");
      assertThat(program.calls("jdk", "a", 2, 1)).isEqualTo(BLOCKED + "=2");
      policy(directory, calls(3).replace("3 calls", "three calls"));
      program.awaitSaid(
          "costattr.yaml line 1: limit of budget calls is \"three calls\"; allowed is an amount"
              + " above zero: $50, 50 USD, 2M tokens or 1000 calls; the budgets of this file are"
              + " refused, the last good ones stay");
      assertThat(program.calls("jdk", "a", 1, 1)).isEqualTo(BLOCKED + "=1");
      policy(directory, calls(5));
      awaitAllowed(program);
      program.end();
    }
  }

  private static void awaitAllowed(Program program) throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!program.calls("jdk", "a", 1, 1).equals("ok=1")) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(program.said());
      }
    }
    assertThat(program.calls("jdk", "a", 3, 1)).isEqualTo(BLOCKED + "=1 ok=2");
  }
}
