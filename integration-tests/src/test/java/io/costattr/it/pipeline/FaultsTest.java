package io.costattr.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.SpooledEvents;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What breaks between a call and the tables: nothing is lost, and nothing is counted twice. */
class FaultsTest {
  private static final int CALLS = 20;

  @TempDir Path directory;

  @BeforeAll
  static void once() {
    Programs.onlyOnce();
  }

  @BeforeEach
  void programs() {
    Programs.directory("otelcol");
    Programs.directory("chdb");
  }

  @Test
  void eventsWaitForAClickHouseThatIsDownWhenTheCollectorStarts() throws Exception {
    try (ClickHouse clickHouse = ClickHouse.stopped(directory.resolve("clickhouse"));
        Collector collector = laptop(clickHouse);
        LoopbackOpenAi provider = LoopbackOpenAi.start()) {
      App app = App.of(directory, "app", provider, CALLS).sendingTo(collector.httpPort()).start();
      Ledger ledger = app.awaitTaken(collector);
      assertThat(app.end().err()).doesNotContain("cannot send events", "not every entry");
      clickHouse.restart();
      arrived(clickHouse, ledger);
    }
  }

  @Test
  void killedInTheMiddleTheCollectorHasInItsQueueWhatItAccepted() throws Exception {
    try (ClickHouse clickHouse = ClickHouse.stopped(directory.resolve("clickhouse"));
        Collector collector = laptop(clickHouse);
        LoopbackOpenAi provider = LoopbackOpenAi.start()) {
      App app = App.of(directory, "app", provider, CALLS).sendingTo(collector.httpPort()).start();
      Ledger ledger = app.awaitTaken(collector);
      collector.kill();
      clickHouse.restart();
      collector.restart();
      arrived(clickHouse, ledger);
      app.end();
    }
  }

  @Test
  void theAgentSendsAgainWhenTheCollectorIsBack() throws Exception {
    try (ClickHouse clickHouse = ClickHouse.start(directory.resolve("clickhouse"));
        Collector collector = laptop(clickHouse);
        LoopbackOpenAi provider = LoopbackOpenAi.start()) {
      collector.kill();
      App app = App.of(directory, "app", provider, CALLS).sendingTo(collector.httpPort()).start();
      Ledger ledger = app.await("the agent says so", () -> app.err().contains("cannot send"));
      collector.restart();
      arrived(clickHouse, ledger);
      app.await("it says so", () -> app.err().contains("works again"));
      assertThat(app.end().errorLines().stream().filter(line -> line.contains("cannot send")))
          .as("one line that it fails")
          .hasSize(1);
    }
  }

  @Test
  void anOutageLongerThanTheQueueIsKeptOnDiskBeyondTheEndOfTheProgram() throws Exception {
    Path spool = directory.resolve("spool");
    try (ClickHouse clickHouse = ClickHouse.start(directory.resolve("clickhouse"));
        Collector collector = laptop(clickHouse);
        LoopbackOpenAi provider = LoopbackOpenAi.start()) {
      collector.kill();
      App killed = shop("killed", provider, collector, spool).start();
      Ledger ledger =
          killed.await(
              "they are on disk", () -> SpooledEvents.ids(spool).size() >= killed.ledger().size());
      assertThat(ledger.size()).as("more than the queue holds").isGreaterThan(16);
      killed.kill();
      App next = shop("next", provider, collector, spool).start();
      ledger.add(next.await("it says so", () -> next.err().contains("cannot send")));
      collector.restart();
      arrived(clickHouse, ledger);
      assertThat(rows(clickHouse)).as("none came twice").isEqualTo(ledger.size());
      assertThat(next.end().err()).doesNotContain("were lost");
    }
  }

  /** With a queue that its calls overflow. */
  private App shop(String name, LoopbackOpenAi provider, Collector collector, Path spool)
      throws IOException {
    return App.of(directory, name, provider, CALLS)
        .sendingTo(collector.httpPort())
        .option("-Dcostattr.service=shop")
        .option("-Dcostattr.spool=" + spool)
        .environment("OTEL_BLRP_MAX_QUEUE_SIZE", "16")
        .environment("OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", "8");
  }

  @ParameterizedTest
  @EnumSource(Proxy.Trouble.class)
  void troubleOnTheWayLosesNothingAndCountsNothingTwice(Proxy.Trouble trouble) throws Exception {
    try (ClickHouse clickHouse = ClickHouse.start(directory.resolve("clickhouse"));
        Collector collector = laptop(clickHouse);
        Proxy proxy = new Proxy(collector.httpPort(), trouble);
        LoopbackOpenAi provider = LoopbackOpenAi.start()) {
      App app = App.of(directory, "app", provider, CALLS).sendingTo(proxy.url()).start();
      Ledger ledger = app.await("they arrived", () -> clickHouse.calls() >= app.ledger().size());
      assertThat(proxy.troubled()).isPositive();
      arrived(clickHouse, ledger);
      app.end();
    }
  }

  @Test
  void whatComesTwiceDaysApartIsCountedOnce() throws Exception {
    try (ClickHouse clickHouse = ClickHouse.start(directory.resolve("clickhouse"));
        Collector collector = laptop(clickHouse)) {
      Instant then = Instant.now().minus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
      String event =
          OtlpEvent.call(UUID.randomUUID().toString(), "replayed", then, 123_456_789_012L);
      OtlpEvent.sendWell(event, collector.httpPort());
      Eventually.holds("it is there", () -> clickHouse.calls() == 1);
      clickHouse.sumUp();
      OtlpEvent.sendWell(event, collector.httpPort());
      Eventually.holds("it came twice", () -> rows(clickHouse) == 2);
      assertThat(clickHouse.calls()).isEqualTo(1);
      clickHouse.sumUp();
      for (String view : List.of("hourly", "daily", "customer_hourly", "customer_daily")) {
        assertThat(
                clickHouse.text(
                    "SELECT sum(cost_usd), sum(calls) FROM costattr.costattr_" + view, Map.of()))
            .as(view)
            .isEqualTo("0.123456789012\t1");
      }
    }
  }

  @Test
  void aClockThatIsWrongLosesNothing() throws Exception {
    try (ClickHouse clickHouse = ClickHouse.start(directory.resolve("clickhouse"));
        Collector collector = laptop(clickHouse)) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      List<Instant> times =
          List.of(
              Instant.parse("1970-01-02T00:00:00Z"),
              now.minus(400, ChronoUnit.DAYS),
              now,
              now.plus(2, ChronoUnit.HOURS),
              Instant.parse("2099-12-31T23:59:59.999Z"));
      for (Instant time : times) {
        String id = UUID.randomUUID().toString();
        OtlpEvent.sendWell(OtlpEvent.call(id, "skewed", time, 1), collector.httpPort());
      }
      Eventually.holds("all are there", () -> clickHouse.calls() == times.size());
      clickHouse.text("OPTIMIZE TABLE costattr.costattr_calls FINAL", Map.of());
      assertThat(clickHouse.calls()).as("after a merge, which is when rows expire").isEqualTo(5);
      clickHouse.sumUp();
      assertThat(clickHouse.number("SELECT sum(calls) FROM costattr.costattr_daily")).isEqualTo(5);
      JsonNode skew =
          Query.run(
                  clickHouse,
                  "clock-skew",
                  "from",
                  "2026-01-01 00:00:00",
                  "to",
                  "2100-01-01 00:00:00")
              .get(0);
      assertThat(skew.path("from_the_future").asInt()).isEqualTo(2);
      assertThat(skew.path("late").asInt()).isEqualTo(2);
    }
  }

  @Test
  void aSumBeyondNineMillionDollarsIsExact() throws Exception {
    try (ClickHouse clickHouse = ClickHouse.start(directory.resolve("clickhouse"));
        Collector collector = laptop(clickHouse)) {
      // A long of pico-dollars ends at 9.2 million.
      for (int i = 0; i < 11; i++) {
        String event =
            OtlpEvent.call(
                UUID.randomUUID().toString(), "dear", Instant.now(), 999_999_000_000_000_001L);
        OtlpEvent.sendWell(event, collector.httpPort());
      }
      Eventually.holds("all are there", () -> clickHouse.calls() == 11);
      clickHouse.sumUp();
      assertThat(clickHouse.decimal("SELECT sum(cost_usd) FROM costattr.costattr_calls FINAL"))
          .isEqualByComparingTo("10999989.000000000011");
      assertThat(clickHouse.decimal("SELECT sum(cost_usd) FROM costattr.costattr_daily"))
          .isEqualByComparingTo("10999989.000000000011");
    }
  }

  @Test
  void anyCustomerIdComesThroughAsItIs() throws Exception {
    String customer =
        "O'Neil \"& Sons\"\n\t\\; DROP TABLE costattr_calls -- \u00e9\ud83d\ude80"
            + "x".repeat(4096);
    try (ClickHouse clickHouse = ClickHouse.start(directory.resolve("clickhouse"));
        Collector collector = laptop(clickHouse);
        LoopbackOpenAi provider = LoopbackOpenAi.start()) {
      App app =
          App.of(directory, "app", provider, CALLS)
              .sendingTo(collector.httpPort())
              .option("-Dcustomers=" + customer)
              .start();
      Ledger ledger = app.awaitTaken(collector);
      arrived(clickHouse, ledger);
      app.end();
      List<String> customers =
          clickHouse
              .rows("SELECT DISTINCT customer_id FROM costattr.costattr_calls FINAL ORDER BY 1")
              .stream()
              .map(row -> row.path("customer_id").asText())
              .toList();
      assertThat(customers).isEqualTo(List.copyOf(ledger.by("customer_id").keySet()));
      assertThat(customers).hasSize(5).allMatch(id -> id.startsWith("O'Neil \"& Sons\""));
    }
  }

  @Test
  void withoutPrometheusTheMoneyArrives() throws Exception {
    Programs.directory("prometheus");
    try (ClickHouse clickHouse = ClickHouse.start(directory.resolve("clickhouse"));
        Prometheus prometheus = Prometheus.start(directory.resolve("prometheus"), Map.of());
        Collector collector =
            Collector.start(
                directory.resolve("collector"),
                Map.of(
                    "CLICKHOUSE_ENDPOINT",
                    clickHouse.endpoint(),
                    "PROMETHEUS_ENDPOINT",
                    prometheus.url()),
                "laptop.yaml");
        LoopbackOpenAi provider = LoopbackOpenAi.start()) {
      prometheus.kill();
      App app = App.of(directory, "app", provider, CALLS).sendingTo(collector.httpPort()).start();
      Ledger ledger = app.await("they arrived", () -> clickHouse.calls() >= app.ledger().size());
      arrived(clickHouse, ledger);
      prometheus.restart();
      Eventually.passes(
          "the trends are made up for",
          () ->
              assertThat(prometheus.values("sum(costattr_llm_calls_total)", ""))
                  .containsEntry("", (double) ledger.size()));
      assertThat(app.end().err()).doesNotContain("cannot send events");
    }
  }

  @Test
  void aFullDiskIsToldToTheAgentAndLosesNothing() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    SmallDisk.mount(disk, "1m");
    try (ClickHouse clickHouse = ClickHouse.stopped(directory.resolve("clickhouse"));
        Collector collector =
            Collector.start(
                directory.resolve("collector"),
                Map.of(
                    "CLICKHOUSE_ENDPOINT",
                    clickHouse.endpoint(),
                    "COSTATTR_QUEUE",
                    disk.resolve("queue").toString()),
                "laptop.yaml")) {
      int accepted = 0;
      int status = 200;
      while (status == 200 && accepted < 20_000) {
        String id = new UUID(7, accepted).toString();
        status =
            OtlpEvent.send(
                OtlpEvent.call(id, "x".repeat(1000), Instant.now(), 1), collector.httpPort());
        accepted += status == 200 ? 1 : 0;
      }
      // What OTLP calls retryable: the agent keeps its batch.
      assertThat(status).as("after %d events", accepted).isEqualTo(503);
      assertThat(accepted).isPositive();
      int kept = accepted;
      clickHouse.restart();
      Eventually.holds("what it accepted is there", () -> clickHouse.calls() == kept);
      String event = OtlpEvent.call(new UUID(8, 0).toString(), "later", Instant.now(), 1);
      Eventually.holds(
          "it takes events again", () -> OtlpEvent.send(event, collector.httpPort()) == 200);
      Eventually.holds("that as well", () -> clickHouse.calls() == kept + 1);
    } finally {
      SmallDisk.unmount(disk);
    }
  }

  private Collector laptop(ClickHouse clickHouse) throws IOException {
    return Collector.start(
        directory.resolve("collector"),
        Map.of("CLICKHOUSE_ENDPOINT", clickHouse.endpoint()),
        "laptop.yaml");
  }

  private static void arrived(ClickHouse clickHouse, Ledger ledger) throws Exception {
    Eventually.holds("everything is there", () -> clickHouse.calls() >= ledger.size());
    assertThat(clickHouse.calls()).isEqualTo(ledger.size());
    assertThat(clickHouse.decimal("SELECT sum(cost_usd) FROM costattr.costattr_calls FINAL"))
        .isEqualByComparingTo(ledger.total());
    clickHouse.sumUp();
    assertThat(clickHouse.decimal("SELECT sum(cost_usd) FROM costattr.costattr_daily"))
        .isEqualByComparingTo(ledger.total());
    assertThat(clickHouse.number("SELECT count() FROM costattr.costattr_other_events")).isZero();
  }

  /** As they lie there, before duplicates are merged away. */
  private static long rows(ClickHouse clickHouse) throws Exception {
    return clickHouse.number("SELECT count() FROM costattr.costattr_calls");
  }
}
