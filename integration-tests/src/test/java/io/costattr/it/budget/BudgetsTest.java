package io.costattr.it.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.export.otel.HttpReceiver;
import io.costattr.export.otel.Received;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
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
      assertThat(program.calls("openai-async", "a", 2, 1)).isEqualTo(SDK + "=2");
      assertThat(program.calls("openai-stream", "a", 2, 1)).isEqualTo(SDK + "=2");
      assertThat(program.calls("okhttp", "b", 5, 1)).isEqualTo(BLOCKED + "=2 ok=3");
      assertThat(program.calls("jdk", "c", 5, 1)).isEqualTo(BLOCKED + "=2 ok=3");
      assertThat(program.calls("apache5", "d", 5, 1)).isEqualTo(BLOCKED + "=2 ok=3");
      Result result = program.end();

      assertThat(server.server().requests()).hasSize(12);
      List<JsonNode> events = calls(result);
      assertThat(events).hasSize(24);
      List<JsonNode> blocked =
          events.stream()
              .filter(event -> event.path("error_code").asText().contains("quota_exceeded"))
              .toList();
      assertThat(blocked)
          .hasSize(12)
          .allSatisfy(
              event -> {
                assertThat(event.path("cost_usd").decimalValue()).isZero();
                assertThat(event.path("cost_basis").asText()).isEqualTo("none");
                assertThat(event.path("request_model").asText()).isEqualTo("gpt-5.5");
                assertThat(event.path("attempt").asInt()).isEqualTo(1);
              });
      assertThat(result.err())
          .contains("The budget calls of a is used up: of 3 calls, ")
          .doesNotContain("internal fault");
    }
  }

  /** The events of calls, without those of budgets. */
  private static List<JsonNode> calls(Result result) throws IOException {
    return result.events().stream()
        .filter(event -> event.path("event").asText().endsWith(".request"))
        .toList();
  }

  @Test
  void anApplicationHearsWhatIsLeftAndWhyItWasRefused() throws Exception {
    policy(
        directory,
        "budgets: [{name: calls, each: customer_id, limit: 3 calls, overrides: {vip: unlimited},"
            + " window: month, action: block},"
            + " {name: money, match: {customer_id: acme & co}, limit: $5, window: rolling 1d}]\n");
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        Program program = Program.start(directory, server.baseUrl())) {
      assertThat(program.calls("left", "a", 1, 1)).isEqualTo("calls,a,CALLS,3,3,true,true=1");
      assertThat(program.calls("openai", "a", 3, 1)).isEqualTo("ok=3");
      awaitLine(program, "left", "a", "calls,a,CALLS,3,0,true,true=1");
      // What is not settled yet is reserved, and not spent.
      assertThat(program.calls("why", "a", 1, 1)).matches("calls,a,exceeded,CALLS,3,[0-3],true=1");
      assertThat(program.calls("left", "vip", 1, 1)).isEqualTo("=1");
      assertThat(program.end().err()).doesNotContain("internal fault");
    }
  }

  private static void awaitLine(Program program, String client, String customer, String line)
      throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    String seen = program.calls(client, customer, 1, 1);
    while (!seen.equals(line)) {
      assertThat(System.nanoTime()).as(seen + program.said()).isLessThan(deadline);
      seen = program.calls(client, customer, 1, 1);
    }
  }

  @Test
  void callsAreMadeCheaperAndTheEventSaysHow() throws Exception {
    policy(
        directory,
        "budgets: [{name: cheap, each: customer_id, limit: 1 calls, window: month, action: degrade,"
            + " degrade: {model: {gpt-5.5: gpt-5.4-mini}, max_output_tokens: 50,"
            + " service_tier: flex}}]\n");
    String changes =
        "cheap: model gpt-5.5 to gpt-5.4-mini; max_completion_tokens 200 to 50; service_tier to"
            + " flex";
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        Program program = Program.start(directory, server.baseUrl())) {
      for (String client : List.of("openai", "openai-async", "openai-stream", "okhttp", "jdk")) {
        assertThat(program.calls(client, client, 3, 1)).isEqualTo("ok=3");
      }
      assertThat(program.calls("apache5", "apache5", 3, 1)).isEqualTo("ok=3");
      Result result = program.end();

      assertThat(server.server().requests())
          .filteredOn(request -> request.text().contains("\"gpt-5.5\""))
          .hasSize(6)
          .allMatch(request -> request.text().contains("\"max_completion_tokens\":200"));
      assertThat(server.server().requests())
          .filteredOn(request -> request.text().contains("\"gpt-5.4-mini\""))
          .hasSize(12)
          .allMatch(request -> request.text().contains("\"max_completion_tokens\":50"))
          .allMatch(request -> request.text().contains("\"service_tier\":\"flex\""));
      assertThat(calls(result))
          .filteredOn(event -> event.path("request_model").asText().equals("gpt-5.4-mini"))
          .hasSize(12)
          .allMatch(event -> event.path("degraded").asText().equals(changes));
      assertThat(calls(result))
          .filteredOn(event -> event.path("request_model").asText().equals("gpt-5.5"))
          .hasSize(6)
          .allMatch(event -> event.path("degraded").isNull());
      assertThat(result.err()).doesNotContain("internal fault");
    }
  }

  @Test
  void whatIsOnlyWatchedGoesOnAndIsSaidOnceForEachThresholdAndMeasured() throws Exception {
    policy(
        directory,
        "budgets: [{name: seen, limit: 4 calls, window: month},"
            + " {name: warned, limit: 4 calls, window: month, thresholds: [100], action: warn},"
            + " {name: shut, match: {customer_id: b}, limit: 1 calls, window: day, action: block}]"
            + "\n");
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        HttpReceiver collector = new HttpReceiver()) {
      Result result;
      try (Program program =
          Program.start(
              directory,
              server.baseUrl(),
              "otel.sdk.disabled=false",
              "otel.exporter.otlp.endpoint=" + collector.url())) {
        assertThat(program.calls("jdk", "a", 5, 1)).isEqualTo("ok=5");
        assertThat(program.calls("jdk", "b", 3, 1)).isEqualTo(BLOCKED + "=2 ok=1");
        program.awaitSaid("warned");
        result = program.end();
      }
      assertThat(result.events())
          .filteredOn(event -> event.path("event").asText().equals("costattr.budget.threshold"))
          .filteredOn(event -> !event.path("budget").asText().equals("shut"))
          .extracting(event -> event.path("budget").asText() + event.path("percent").asInt())
          .containsExactlyInAnyOrder("seen50", "seen80", "seen95", "seen100", "warned100");
      assertThat(result.err()).contains("warned").doesNotContain("budget seen");
      Received received = collector.received();
      assertThat(received.events())
          .extracting(LogRecord::getEventName)
          .contains("costattr.budget.threshold");
      assertThat(received.metrics())
          .extracting(Metric::getName)
          .contains("costattr.budget.quota.spent", "costattr.budget.rejections");
    }
  }

  @Test
  void manyThreadsSpendNoMoreThanTheLimitAndAllOfIt() throws Exception {
    policy(directory, "budgets: [{name: money, limit: $0.05, window: month, action: block}]\n");
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        Program program = Program.start(directory, server.baseUrl())) {
      program.calls("jdk", "a", 40, 16);
      do {
        // Until then what a call may need is held against the next.
        awaitLine(program, "settled", "a", "true=1");
      } while (program.calls("openai", "a", 1, 1).equals("ok=1"));
      Result result = program.end();

      BigDecimal spent = BigDecimal.ZERO;
      for (JsonNode event : calls(result)) {
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
      LockSupport.parkNanos(1_000_000);
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
