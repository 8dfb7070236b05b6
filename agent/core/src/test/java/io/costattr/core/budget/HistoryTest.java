package io.costattr.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.budget.file.FileStore;
import io.costattr.core.price.PriceBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final long DOLLAR = 1_000_000_000_000L;
  private static final String POLICY =
      """
      budgets:
      - name: customers
        each: customer_id
        match: {tag.plan: pro}
        limit: $50
        window: month
        zone: Europe/Berlin
        action: block
      - name: calls
        limit: 100 calls
        window: rolling 24h
      """;

  @TempDir private Path directory;
  private final MovableClock clock = new MovableClock("2026-11-23T10:00:00Z");
  private Budgets budgets;

  @AfterEach
  void close() {
    if (budgets != null) {
      budgets.close(Duration.ofSeconds(20));
    }
  }

  private Path events() {
    return directory.resolve("events.jsonl");
  }

  private void start(String policy) {
    close();
    budgets =
        new Budgets(
            new Budgets.Settings(
                Path.of("no such file"), Rig.PATIENCE, Duration.ofMinutes(15), events(), null),
            FileStore.at(directory.resolve("budgets.log"), clock),
            PriceBook::builtIn,
            clock,
            notice -> {});
    budgets.install(Policies.of(policy));
  }

  private static String event(String at, long latency, String usd, String more) {
    return "{\"event\":\"openai.request\",\"event_id\":\"1\",\"timestamp\":\""
        + at
        + "\",\"latency_ms\":"
        + latency
        + ",\"environment\":\"production\",\"feature\":\"chat\",\"route\":\"/chat\","
        + "\"customer_id\":\"acme\",\"team\":\"search\",\"tags\":{\"plan\":\"pro\"},"
        + "\"provider\":\"openai\",\"endpoint\":\"chat\",\"model\":\"gpt-5.5-2026-04-23\","
        + "\"request_model\":\"gpt-5.5\",\"prompt_tokens\":10,\"completion_tokens\":20,"
        + "\"cost_usd\":"
        + usd
        + ",\"cost_basis\":\"reported\",\"http_status\":200"
        + more
        + "}\n";
  }

  private long spent(String budget, String value) {
    for (Counters counters : budgets.counters()) {
      Counter counter = counters.find(value);
      if (counters.budget().name().equals(budget) && counter != null) {
        synchronized (counter) {
          return counter.spent();
        }
      }
    }
    return 0;
  }

  private void awaitSpent(String budget, String value, long amount) {
    Rig.await(() -> spent(budget, value) == amount);
  }

  @Test
  void whatWasSpentBeforeTheBudgetWasThereIsLoadedOnce() throws IOException {
    Files.writeString(
        directory.resolve("events.jsonl.1"),
        event("2026-10-31T22:59:59.999Z", 5, "1000", "")
            + event("2026-10-31T23:00:00.000Z", 5, "1.000000000001", ""));
    Files.writeString(
        events(),
        "not an event\n"
            + event("2026-11-23T09:00:00.000Z", 500, "2", "")
            + event("2026-11-23T09:00:01.000Z", 500, "40", "").replace("\"pro\"", "\"free\"")
            + event("2026-11-23T09:00:02.000Z", 500, "40", "").replace("acme", "(unattributed)")
            + event("2026-11-23T09:00:02.500Z", 500, "0", "").replace("200", "429")
            + event("2026-11-23T09:00:03.000Z", 500, "40", "").replace(".request", ".prompt_size")
            + event("2026-11-23T09:59:59.900Z", 500, "40", "")
            + "{\"event\":\"openai.request\",\"timestamp\":\"2026-11-23T09:00:04");
    start(POLICY);
    awaitSpent("customers", "acme", 3 * DOLLAR + 1);
    awaitSpent("calls", "", 3);

    // The store knows it from now on, and whoever comes next does not load it again.
    start(POLICY + "- {name: more, limit: 1k calls, window: day}\n");
    awaitSpent("more", "", 3);
    budgets.admit(CallTo.model("gpt-5.5").by("acme").tag("plan", "pro").prospect());
    assertThat(spent("customers", "acme")).isEqualTo(3 * DOLLAR + 1);
  }

  @Test
  void aBudgetThatAnyJvmHadInTheLastWindowIsNotLoaded() throws IOException {
    start(POLICY);
    budgets.settle(
        Reservation.NONE,
        CallTo.model("gpt-5.5").by("acme").tag("plan", "pro").prospect(),
        Rig.cost(DOLLAR));
    Rig.await(() -> budgets.isMarked());
    Files.writeString(events(), event("2026-12-01T09:00:00.000Z", 500, "2", ""));
    clock.to("2026-12-02T10:00:00Z");
    Files.setLastModifiedTime(events(), FileTime.from(clock.instant()));
    start(POLICY + "- {name: more, limit: 1k calls, window: week}\n");
    awaitSpent("more", "", 1);
    assertThat(spent("customers", "acme")).isZero();
  }
}
