package io.costattr.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.costattr.it.CommandLine;
import io.costattr.loopback.LoopbackOpenAi;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several programs, both transports, TLS and a token: every store has what the events files have.
 */
class EndToEndTest {
  private static final int CALLS = 40;

  @TempDir Path directory;

  @Test
  void everyStoreHasWhatTheAgentsWrote() throws Exception {
    Programs.directory("otelcol");
    Programs.directory("prometheus");
    Path tls = Secrets.make(directory.resolve("secrets"));
    try (ClickHouse clickHouse = ClickHouse.start(directory.resolve("clickhouse"));
        Prometheus prometheus = Prometheus.start(directory.resolve("prometheus"), Map.of());
        Collector collector =
            Collector.start(
                directory.resolve("collector"),
                Map.of(
                    "COSTATTR_TLS", tls.toString(),
                    "CLICKHOUSE_ENDPOINT", clickHouse.endpoint(),
                    "PROMETHEUS_ENDPOINT", prometheus.url()),
                "gateway.yaml");
        LoopbackOpenAi provider = LoopbackOpenAi.start()) {

      List<App> apps =
          List.of(
              app("web", provider, tls).sendingTo(https(collector.httpPort())).start(),
              app("jobs", provider, tls)
                  .sendingTo(https(collector.grpcPort()))
                  .environment("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
                  .start(),
              app("api", provider, tls)
                  .sendingTo(https(collector.httpPort()))
                  .environment("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")
                  .start());
      Ledger ledger = new Ledger();
      for (App app : apps) {
        ledger.add(app.await("it says so", () -> true));
      }
      Eventually.holds("ClickHouse has all of them", () -> clickHouse.calls() >= ledger.size());
      theTrendsAgree(prometheus, ledger);
      for (App app : apps) {
        assertThat(app.end().err()).doesNotContain("cannot send events", "not every entry");
      }
      assertThat(clickHouse.calls()).isEqualTo(ledger.size());
      everyRowIsTheEvent(clickHouse, ledger);
      everySumIsExact(clickHouse, ledger);
      budgetsLearnWhatWasSpent(clickHouse, ledger);
      assertThat(clickHouse.number("SELECT count() FROM costattr.costattr_other_events")).isZero();
    }
  }

  private static String https(int port) {
    return "https://localhost:" + port;
  }

  private App app(String name, LoopbackOpenAi provider, Path tls) throws Exception {
    return App.of(directory, name, provider, CALLS)
        .environment("OTEL_EXPORTER_OTLP_CERTIFICATE", tls.resolve("ca.crt").toString())
        .environment("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20" + Secrets.token(tls));
  }

  /** Field by field, of what both have. */
  private static void everyRowIsTheEvent(ClickHouse clickHouse, Ledger ledger) throws Exception {
    for (JsonNode row :
        clickHouse.rows(
            "SELECT *, toString(cost_usd) AS cost FROM costattr.costattr_calls FINAL")) {
      JsonNode event = ledger.event(row.path("event_id").asText());
      assertThat(event).as("the event of %s", row).isNotNull();
      for (String field :
          List.of(
              "request_id",
              "attempt",
              "service",
              "environment",
              "team",
              "feature",
              "route",
              "customer_id",
              "tags",
              "attribution_source",
              "provider",
              "endpoint",
              "model",
              "stream",
              "cost_basis",
              "price_rows",
              "outcome",
              "trace_id",
              "span_id",
              "client",
              "server_address",
              "latency_ms",
              "ttft_ms",
              "http_status")) {
        assertThat(row.path(field)).as("%s of %s", field, event).isEqualTo(event.path(field));
      }
      for (String text :
          List.of(
              "request_model",
              "service_tier",
              "price_version",
              "price_rule",
              "prompt_cache_key",
              "reasoning_effort",
              "error_code",
              "response_id",
              "call_site",
              "anomaly")) {
        assertThat(row.path(text).asText())
            .as("%s of %s", text, event)
            .isEqualTo(event.path(text).isNull() ? "" : event.path(text).asText());
      }
      assertThat(row.path("timestamp").asText().replace(' ', 'T') + "Z")
          .isEqualTo(event.path("timestamp").asText());
      // OpenAI counts cached and reasoning tokens in the totals, as the ledger does.
      assertThat(row.path("input_tokens").toString())
          .isEqualTo(event.path("prompt_tokens").toString());
      assertThat(row.path("cached_tokens").asLong())
          .isEqualTo(event.path("cached_tokens").asLong());
      if (event.path("cost_usd").isNull()) {
        assertThat(row.path("cost").isNull()).isTrue();
      } else {
        assertThat(new BigDecimal(row.path("cost").asText()))
            .isEqualByComparingTo(event.path("cost_usd").decimalValue());
      }
      for (String money : List.of("cost_at_risk_usd", "cache_savings_usd", "cache_premium_usd")) {
        assertThat(row.path(money).isNull()).isEqualTo(event.path(money).isNull());
        if (!row.path(money).isNull()) {
          assertThat(row.path(money).decimalValue())
              .as("%s of %s", money, event)
              .isEqualByComparingTo(event.path(money).decimalValue());
        }
      }
    }
  }

  private static void everySumIsExact(ClickHouse clickHouse, Ledger ledger) throws Exception {
    assertThat(clickHouse.decimal("SELECT sum(cost_usd) FROM costattr.costattr_calls FINAL"))
        .isEqualByComparingTo(ledger.total());
    clickHouse.sumUp();
    for (String view : List.of("hourly", "daily", "customer_hourly", "customer_daily")) {
      assertThat(clickHouse.decimal("SELECT sum(cost_usd) FROM costattr.costattr_" + view))
          .as(view)
          .isEqualByComparingTo(ledger.total());
      assertThat(clickHouse.number("SELECT sum(calls) FROM costattr.costattr_" + view))
          .as(view)
          .isEqualTo(ledger.size());
    }
    sumsAgree(clickHouse, "daily", "feature", ledger);
    sumsAgree(clickHouse, "daily", "team", ledger);
    sumsAgree(clickHouse, "hourly", "route", ledger);
    sumsAgree(clickHouse, "hourly", "model", ledger);
    sumsAgree(clickHouse, "customer_daily", "customer_id", ledger);
  }

  private static void sumsAgree(ClickHouse clickHouse, String view, String field, Ledger ledger)
      throws Exception {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (JsonNode row :
        clickHouse.rows(
            "SELECT %s AS key, toString(sum(cost_usd)) AS usd FROM costattr.costattr_%s GROUP BY key"
                .formatted(field, view))) {
      sums.put(
          row.path("key").asText(), new BigDecimal(row.path("usd").asText()).stripTrailingZeros());
    }
    Map<String, BigDecimal> expected = new TreeMap<>();
    ledger.by(field).forEach((key, usd) -> expected.put(key, usd.stripTrailingZeros()));
    assertThat(sums).as("%s of %s", field, view).isEqualTo(expected);
  }

  /** The command of the documents, into the file of budgets. */
  private void budgetsLearnWhatWasSpent(ClickHouse clickHouse, Ledger ledger) throws Exception {
    Path folder = Files.createDirectory(directory.resolve("budgets"));
    Files.writeString(
        folder.resolve("costattr.yaml"),
        "budget.file: budgets.log\n"
            + "budgets: [{name: customers, each: customer_id, limit: $50, window: month}]\n");
    Files.createFile(folder.resolve("budgets.log"));
    String month = OffsetDateTime.now(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1) + " 00:00:00";
    String spent =
        clickHouse.text(
            Query.text("budget-spent") + " FORMAT CSV",
            Map.of("budget", "customers", "from", month));
    Map<String, BigDecimal> expected = ledger.by("customer_id");
    expected.remove("(unattributed)");
    expected.values().removeIf(usd -> usd.signum() == 0);
    assertThat(CommandLine.run(folder, spent, "budgets", "load", "-"))
        .contains("%1$d lines, %1$d of which".formatted(expected.size()));
    BigDecimal shown = BigDecimal.ZERO;
    JsonNode entries =
        new ObjectMapper().readTree(CommandLine.run(folder, "", "budgets", "show", "--json"));
    for (JsonNode entry : entries) {
      shown = shown.add(new BigDecimal(entry.path("spent").asText()));
    }
    assertThat(entries).hasSize(expected.size());
    assertThat(shown)
        .isEqualByComparingTo(expected.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  /** Prometheus adds doubles. */
  private static void theTrendsAgree(Prometheus prometheus, Ledger ledger) throws Exception {
    Map<String, BigDecimal> expected = ledger.by("feature");
    Eventually.passes(
        "Prometheus has what each feature cost",
        () -> {
          Map<String, Double> spent =
              prometheus.values(
                  "sum by (costattr_feature) (costattr_llm_cost_USD_total)", "costattr_feature");
          assertThat(spent.keySet()).isEqualTo(expected.keySet());
          expected.forEach(
              (feature, usd) ->
                  assertThat(spent.get(feature))
                      .as(feature)
                      .isCloseTo(usd.doubleValue(), within(usd.doubleValue() * 1e-12)));
        });
    assertThat(prometheus.values("sum(costattr_llm_calls_total)", ""))
        .containsEntry("", (double) ledger.size());
    assertThat(
            prometheus
                .values("sum by (job) (costattr_llm_calls_total{" + PRODUCTION + "})", "job")
                .keySet())
        .containsExactlyInAnyOrder("web", "jobs", "api");
  }

  private static final String PRODUCTION = "costattr_environment=\"production\"";
}
