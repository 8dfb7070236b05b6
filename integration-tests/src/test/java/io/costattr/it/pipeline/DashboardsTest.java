package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every panel, against Prometheus and ClickHouse's engine, over what two programs
 * with the agent did.
 */
class DashboardsTest {
  @TempDir Path directory;

  @BeforeAll
  static void once() {
    Programs.onlyOnce();
  }

  @Test
  void everyPanelShowsWhatTheAgentsSaw() throws Exception {
    Programs.directory("otelcol");
    Programs.directory("prometheus");
    int prometheusPort = Daemon.freePort();
    try (ClickHouse clickHouse = ClickHouse.start(directory.resolve("clickhouse"));
        Collector collector =
            Collector.start(
                directory.resolve("collector"),
                Map.of(
                    "CLICKHOUSE_ENDPOINT",
                    clickHouse.endpoint(),
                    "PROMETHEUS_ENDPOINT",
                    "http://127.0.0.1:" + prometheusPort),
                "laptop.yaml");
        Prometheus prometheus =
            Prometheus.start(
                directory.resolve("prometheus"),
                prometheusPort,
                Map.of(
                    "collector:8888",
                    collector.self(),
                    "scrape_interval: 15s",
                    "scrape_interval: 1s",
                    Programs.config().resolve("prometheus/rules").toString(),
                    hastyRules()));
        LoopbackOpenAi provider = LoopbackOpenAi.start()) {

      List<App> apps = List.of(app("web", provider, collector), app("jobs", provider, collector));
      Ledger ledger = new Ledger();
      for (App app : apps) {
        ledger.add(app.await("it says so", () -> true));
      }
      everyFigureIsTheLedgers(prometheus, clickHouse, ledger);

      Past past = new Past(Instant.now().minusSeconds(120));
      past.in(clickHouse);
      prices(clickHouse);
      past.in(prometheus, directory);
      for (App app : apps) {
        app.again();
      }
      Eventually.holds(
          "an alert fires", () -> !prometheus.samples("ALERTS{alertstate=\"firing\"}").isEmpty());
      Path answers = directory.resolve("answers.json");
      everyPanelHasData(Dashboards.ask(prometheus, clickHouse, answers, "--points", "72"));
      everyPanelHasData(
          Dashboards.ask(
              prometheus,
              clickHouse,
              directory.resolve("chosen.json"),
              "--points=72",
              "--set=environment=production",
              "--set=team=core,growth",
              "--set=feature=support-chat,crm-sync,it's"));
      if (Boolean.parseBoolean(System.getenv("WRITE_DOCS"))) {
        Dashboards.draw(answers, AgentJvm.root().resolve("docs/images"));
      }
      for (App app : apps) {
        app.end();
      }
    }
  }

  private App app(String part, LoopbackOpenAi provider, Collector collector) throws Exception {
    return App.of(
            directory,
            Traffic.class,
            "shop-" + part,
            Traffic.attempts(part),
            provider.baseUrl(),
            part)
        .option("-Dcostattr.providers.localhost=openai-compatible")
        .sendingTo(collector.httpPort())
        .start();
  }

  /** The shipped rules, evaluated every second. */
  private String hastyRules() throws IOException {
    Path hasty = Files.createDirectories(directory.resolve("rules"));
    try (Stream<Path> rules = Files.list(Programs.config().resolve("prometheus/rules"))) {
      for (Path file : rules.toList()) {
        String text =
            Files.readString(file, UTF_8).replaceAll("interval: (1m|30s)", "interval: 1s");
        Files.writeString(hasty.resolve(file.getFileName().toString()), text, UTF_8);
      }
    }
    return hasty.toString();
  }

  /** Before there is a past: what the dashboards say is what the agents wrote. */
  private void everyFigureIsTheLedgers(Prometheus prometheus, ClickHouse clickHouse, Ledger ledger)
      throws Exception {
    Eventually.holds("ClickHouse has all of them", () -> clickHouse.calls() >= ledger.size());
    Eventually.holds(
        "Prometheus has all of them",
        () ->
            prometheus.values("sum(costattr_llm_calls_total)", "").getOrDefault("", 0.0)
                == ledger.size());
    Eventually.holds(
        "the rules are evaluated",
        () -> !prometheus.samples("feature:costattr_cost_usd:increase1h").isEmpty());
    clickHouse.sumUp();
    List<JsonNode> answers =
        Dashboards.ask(prometheus, clickHouse, directory.resolve("first.json"));
    double total = ledger.total().doubleValue();
    assertThat(figure(answers, "customers", "Spent")).isCloseTo(total, within(1e-9));
    assertThat(figure(answers, "finance", "Month to date")).isCloseTo(total, within(1e-9));
    assertThat(figure(answers, "models", "Saved by the cache"))
        .isCloseTo(ledger.sum("cache_savings_usd").doubleValue(), within(1e-9));
    // increase() guesses what happened before the first sample and after the last.
    assertThat(figure(answers, "overview", "Spent")).isCloseTo(total, within(total / 10));
    assertThat(figure(answers, "platform", "Events that could not be read")).isZero();
  }

  private static double figure(List<JsonNode> answers, String dashboard, String title) {
    for (JsonNode answer : answers) {
      if (answer.path("uid").asText().equals("costattr-" + dashboard)) {
        for (JsonNode panel : answer.path("panels")) {
          if (panel.path("title").asText().equals(title)) {
            JsonNode first = panel.path("answers").path(0);
            return first.has("rows")
                ? first.path("rows").path(0).path(0).asDouble(Double.NaN)
                : first.path("series").path(0).path("points").path(0).path(1).asDouble(Double.NaN);
          }
        }
      }
    }
    throw new AssertionError("no panel " + title + " on " + dashboard);
  }

  private static void everyPanelHasData(List<JsonNode> answers) {
    assertThat(answers).hasSize(8);
    List<String> empty = new ArrayList<>();
    for (JsonNode dashboard : answers) {
      String of = dashboard.path("uid").asText();
      dashboard
          .path("variables")
          .properties()
          .forEach(
              variable -> {
                if (variable.getValue().isEmpty()) {
                  empty.add(of + ": variable " + variable.getKey());
                }
              });
      for (JsonNode panel : dashboard.path("panels")) {
        for (JsonNode answer : panel.path("answers")) {
          if (!hasData(answer)) {
            empty.add(of + ": " + panel.path("title").asText());
          }
        }
        if (panel.has("spans") && panel.path("spans").asInt() == 0) {
          empty.add(of + ": the trace of " + panel.path("title").asText());
        }
      }
    }
    assertThat(empty).as("what shows nothing").isEmpty();
  }

  /** A figure that is not null, somewhere. */
  private static boolean hasData(JsonNode answer) {
    for (JsonNode row : answer.path("rows")) {
      for (JsonNode cell : row) {
        if (!cell.isNull()) {
          return true;
        }
      }
    }
    for (JsonNode series : answer.path("series")) {
      for (JsonNode point : series.path("points")) {
        if (!point.path(1).isNull()) {
          return true;
        }
      }
    }
    return false;
  }

  /** What customers pay: of one more than it costs, of one less; of the others nothing is known. */
  private static void prices(ClickHouse clickHouse) throws Exception {
    clickHouse.text(
        """
        INSERT INTO costattr.costattr_customer_prices (customer_id, month, paid_usd, active_users)
        SELECT * FROM VALUES('c String, m Date, p Decimal(18, 2), u UInt64',
            ('acme', toStartOfMonth(today()), 300, 140), ('globex', toStartOfMonth(today()), 900, 420),
            ('initech', toStartOfMonth(today()), 400, 65), ('hooli', toStartOfMonth(today()), 250, 80),
            ('umbrella', toStartOfMonth(today()), 50, 12))
        """,
        Map.of());
  }
}
