package io.costattr.it.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.loopback.LoopbackOpenAi;
import io.costattr.loopback.servers.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every panel, against Prometheus and ClickHouse's engine, over what two programs
 * with the agent did.
 */
class DashboardsTest {
  private static final Path REGISTRY =
      AgentJvm.root().resolve("agent/export/src/main/resources/io/costattr/telemetry.yaml");

  @TempDir Path directory;

  @BeforeAll
  static void once() {
    Programs.onlyOnce();
  }

  @Test
  void everyPanelShowsWhatTheAgentsSaw() throws Exception {
    Programs.directory("otelcol");
    Programs.directory("prometheus");
    int prometheusPort = Ports.free();
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
          "what runs away is found",
          // A while before, so that who asks with a clock in seconds finds it, too.
          () ->
              prometheus
                  .values("ALERTS{alertstate=\"firing\"} offset 5s", "alertname")
                  .containsKey("CostattrFeatureSpendHigh"));
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
              "--set=feature=support-chat,ticket-summaries,it's"));
      if (Boolean.parseBoolean(System.getenv("WRITE_DOCS"))) {
        Dashboards.draw(answers, AgentJvm.root().resolve("docs/images"));
      }
      everyAlertFindsWhatItIsFor(clickHouse);
      for (App app : apps) {
        app.end();
      }
    }
  }

  @Test
  void everyMetricAndLabelIsInTheRegistry() throws Exception {
    String registry = Files.readString(REGISTRY, UTF_8);
    Set<String> known = all("prometheus: ([A-Za-z_]+)", registry);
    // A histogram's series.
    Set.copyOf(known).stream().map(name -> name + "_bucket").forEach(known::add);
    all("name: ([a-z_.]+)", registry).forEach(name -> known.add(name.replace('.', '_')));
    Set<String> used = new TreeSet<>();
    for (JsonNode dashboard : Dashboards.all()) {
      for (JsonNode panel : dashboard.path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          used.addAll(all("(?<![:\\w])((?:costattr|gen_ai)_\\w+)", target.path("expr").asText()));
        }
      }
    }
    assertThat(used).hasSizeGreaterThan(15);
    assertThat(known).containsAll(used);
  }

  private static Set<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private App app(String part, LoopbackOpenAi provider, Collector collector) throws Exception {
    return App.of(
            directory,
            Traffic.class,
            "shop-" + part,
            Traffic.attempts(part),
            provider.baseUrl(),
            part)
        .option("-Dcostattr.providers.localhost=groq")
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
    // increase() guesses what happened after the last sample: half as much again after two of them.
    assertThat(figure(answers, "overview", "Spent")).isBetween(total * 0.999, total * 1.5);
    assertThat(figure(answers, "platform", "Events that could not be read")).isZero();
  }

  /** Each query has one number a row, texts beside it, and is silent where all is well. */
  private static void everyAlertFindsWhatItIsFor(ClickHouse clickHouse) throws Exception {
    Map<String, String> queries = Dashboards.alerts();
    assertThat(queries).hasSize(4);
    assertThat(found(clickHouse, queries, "CostattrCustomerSpendHigh")).contains("acme");
    assertThat(found(clickHouse, queries, "CostattrCustomerAtALoss"))
        .contains("umbrella")
        .doesNotContain("globex");
    assertThat(found(clickHouse, queries, "CostattrEventsUnreadable")).isEmpty();
    assertThat(found(clickHouse, queries, "CostattrSumsStale")).isEmpty();
    clickHouse.text(
        "INSERT INTO costattr.costattr_other_events (service, event_name)"
            + " VALUES ('shop-web', 'costattr.llm.call')",
        Map.of());
    assertThat(found(clickHouse, queries, "CostattrEventsUnreadable")).containsExactly("shop-web");
    clickHouse.text(
        "INSERT INTO costattr.costattr_touched_hours VALUES"
            + " (toDateTime('2020-01-01 00:00:00'), now() - INTERVAL 20 MINUTE)",
        Map.of());
    assertThat(found(clickHouse, queries, "CostattrSumsStale")).hasSize(1);
  }

  private static List<String> found(
      ClickHouse clickHouse, Map<String, String> queries, String alert) throws Exception {
    List<String> found = new ArrayList<>();
    for (JsonNode row : clickHouse.rows(queries.get(alert).strip())) {
      List<JsonNode> cells = new ArrayList<>();
      row.forEach(cells::add);
      assertThat(cells.stream().filter(JsonNode::isNumber)).as("%s of %s", row, alert).hasSize(1);
      found.add(row.path("customer_id").asText(row.path("service").asText()));
    }
    return found;
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

  /**
   * What customers pay: most of them more than they cost, one of them less, and of some nobody
   * knows.
   */
  private static void prices(ClickHouse clickHouse) throws Exception {
    clickHouse.text(
        """
        INSERT INTO costattr.costattr_customer_prices (customer_id, month, paid_usd, active_users)
        SELECT
            customer_id,
            toStartOfMonth(today()),
            floor(toFloat64(sum(cost_usd)) * transform(customer_id, ['acme', 'globex', 'initech', 'hooli', 'umbrella'], [2.2, 5., 3.1, 1.2, 0.6], 0), 2) AS paid,
            length(customer_id) * 23
        FROM costattr.costattr_customer_daily
        WHERE day >= toStartOfMonth(today())
        GROUP BY customer_id
        HAVING paid > 0
        """,
        Map.of());
  }
}
