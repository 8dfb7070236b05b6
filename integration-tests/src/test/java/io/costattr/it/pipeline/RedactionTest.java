package io.costattr.it.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.loopback.LoopbackOpenAi;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway with {@code redact-customers.yaml} laid over it. */
class RedactionTest {
  private static final int CALLS = 20;

  @TempDir Path directory;

  @Test
  void customersAreKeyedHashesAndTheirSumsAreRight() throws Exception {
    Programs.directory("otelcol");
    Path tls = Secrets.make(directory.resolve("secrets"));
    try (ClickHouse clickHouse = ClickHouse.start(directory.resolve("clickhouse"));
        Collector collector =
            Collector.start(
                directory.resolve("collector"),
                Map.of(
                    "COSTATTR_TLS",
                    tls.toString(),
                    "CLICKHOUSE_ENDPOINT",
                    clickHouse.endpoint(),
                    "PROMETHEUS_ENDPOINT",
                    "http://127.0.0.1:1",
                    "COSTATTR_HMAC_KEY",
                    "a key of at least thirty-two bytes"),
                "gateway.yaml",
                "redact-customers.yaml");
        LoopbackOpenAi provider = LoopbackOpenAi.start()) {
      App app =
          App.of(directory, "app", provider, CALLS)
              .environment("OTEL_EXPORTER_OTLP_CERTIFICATE", tls.resolve("ca.crt").toString())
              .environment(
                  "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20" + Secrets.token(tls))
              .sendingTo("https://localhost:" + collector.httpPort())
              .start();
      Ledger ledger = app.await("they arrived", () -> clickHouse.calls() >= app.ledger().size());
      app.end();

      List<JsonNode> rows =
          clickHouse.rows(
              "SELECT customer_id, toString(sum(cost_usd)) AS usd"
                  + " FROM costattr.costattr_calls FINAL GROUP BY customer_id");
      Set<String> customers = ledger.by("customer_id").keySet();
      assertThat(rows)
          .extracting(row -> row.path("customer_id").asText())
          .doesNotContainAnyElementsOf(customers)
          .allMatch(id -> id.matches("[0-9a-f]{64}"));
      assertThat(sums(rows))
          .usingElementComparator(BigDecimal::compareTo)
          .containsExactlyInAnyOrderElementsOf(ledger.by("customer_id").values());
      String everything =
          clickHouse.text(
              "SELECT * FROM costattr.costattr_calls FINAL FORMAT JSONEachRow", Map.of());
      assertThat(everything).isNotEmpty();
      assertThat(customers).allSatisfy(id -> assertThat(everything).doesNotContain(id));
    }
  }

  private static List<BigDecimal> sums(List<JsonNode> rows) {
    List<BigDecimal> sums = new ArrayList<>();
    for (JsonNode row : rows) {
      sums.add(new BigDecimal(row.path("usd").asText()));
    }
    return sums;
  }
}
