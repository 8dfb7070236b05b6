package io.costattr.export.otel;

import static io.costattr.export.otel.MetricValues.attributes;
import static io.costattr.export.otel.MetricValues.lastValue;
import static io.costattr.export.otel.MetricValues.names;
import static io.costattr.export.otel.MetricValues.points;
import static io.costattr.export.otel.MetricValues.value;
import static io.costattr.export.otel.MetricValues.values;
import static io.costattr.export.otel.Sent.LIMIT;
import static io.costattr.export.otel.Sent.open;
import static io.costattr.export.otel.Sent.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.LedgerStats;
import io.costattr.export.Entries;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a collector gets of metrics. */
class OtlpMetricsTest {
  @Test
  void metricsHaveTheirUnitsAndDimensionsAndDisjointTokens() throws Exception {
    Received received = send(Entries.priced("e-1"), Entries.priced("e-2"));
    Metric cost = received.metric("costattr.llm.cost");
    assertThat(cost.getUnit()).isEqualTo("USD");
    assertThat(cost.getSum().getIsMonotonic()).isTrue();
    assertThat(cost.getSum().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    assertThat(points(cost)).hasSize(1);
    assertThat(points(cost).get(0).getAsDouble()).isEqualTo(2 * 0.0053592);
    assertThat(attributes(points(cost).get(0)))
        .isEqualTo(
            Map.of(
                "costattr.feature", "support-chat",
                "costattr.route", "/api/v1/chat/answer",
                "costattr.team", "growth",
                "costattr.environment", "production",
                "gen_ai.operation.name", "chat",
                "gen_ai.provider.name", "openai",
                "gen_ai.request.model", "gpt-5.2",
                "gen_ai.response.model", "gpt-5.2-2026-10-01",
                "openai.response.service_tier", "priority"));
    assertThat(values(received.metric("costattr.llm.tokens"), "costattr.token.type"))
        .isEqualTo(Map.of("input", 352.0, "cached_input", 2048.0, "output", 696.0));
    assertThat(points(received.metric("costattr.llm.calls")).get(0).getAsInt()).isEqualTo(2);
    Metric duration = received.metric("costattr.llm.duration");
    assertThat(duration.getUnit()).isEqualTo("s");
    assertThat(duration.getHistogram().getDataPoints(0).getSum()).isEqualTo(2 * 1.834499);
    assertThat(duration.getHistogram().getDataPoints(0).getExplicitBoundsList())
        .contains(0.01, 81.92);
    assertThat(received.metric("costattr.llm.time_to_first_chunk").getHistogram().getDataPoints(0))
        .extracting(point -> point.getCount())
        .isEqualTo(2L);
  }

  @Test
  void histogramsPointToTheSpansTheyCameFrom() throws Exception {
    Received received = send(Entries.priced("e-1"));
    assertThat(
            received
                .metric("costattr.llm.duration")
                .getHistogram()
                .getDataPoints(0)
                .getExemplarsList())
        .singleElement()
        .satisfies(
            exemplar ->
                assertThat(exemplar.getSpanId()).isEqualTo(received.spans().get(0).getSpanId()));
  }

  @Test
  void whatNobodySuppliedIsCountedByDimensionFromZero() throws Exception {
    Received received = send(Entries.refused("e-1"));
    assertThat(values(received.metric("costattr.llm.unattributed_calls"), "costattr.dimension"))
        .isEqualTo(
            Map.of(
                "feature", 1.0, "route", 1.0, "customer_id", 1.0, "team", 1.0, "environment", 0.0));
  }

  @Test
  void callsThatLackADimensionAreCountedWithTheirCostByCallSiteAndDimension() throws Exception {
    Received received =
        send(
            Entries.priced("e-1"),
            Entries.of("e-2", Entries.nobody()),
            Entries.of("e-3", Entries.nobody()),
            Entries.unpriced("e-4"));

    Metric calls = received.metric("costattr.coverage.calls");
    Metric cost = received.metric("costattr.coverage.cost");
    assertThat(values(calls, "costattr.dimension"))
        .isEqualTo(Map.of("feature", 3.0, "route", 3.0, "customer_id", 3.0, "team", 3.0));
    assertThat(values(cost, "costattr.dimension"))
        .containsOnlyKeys("feature", "route", "customer_id", "team")
        .containsEntry("team", 2 * 0.0053592);
    assertThat(points(calls))
        .allSatisfy(
            point ->
                assertThat(attributes(point))
                    .containsOnlyKeys("costattr.dimension", "costattr.call_site")
                    .containsEntry("costattr.call_site", "com.acme.Support.answer:41"));
  }

  @Test
  void everySeriesIsBornAtZeroWhileTheProgramRuns() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink =
          open("otel.exporter.otlp.endpoint", http.url(), "otel.metric.export.interval", "50");
      sink.accept(List.of(Entries.priced("e-1"), Entries.unpriced("e-2")));
      http.received()
          .await(received -> lastValue(received, "costattr.llm.cost", "support-chat") > 0);
      sink.accept(List.of(Entries.priced("e-3")));
      sink.close(LIMIT);
      Received received = http.received();
      for (String name :
          List.of("costattr.llm.cost", "costattr.llm.calls", "costattr.llm.unpriced_calls")) {
        Map<Map<String, Object>, Double> first = new java.util.HashMap<>();
        for (Metric metric : received.metrics()) {
          if (metric.getName().equals(name)) {
            points(metric).forEach(point -> first.putIfAbsent(attributes(point), value(point)));
          }
        }
        assertThat(first.values()).as(name).isNotEmpty().allMatch(value -> value == 0);
      }
      assertThat(lastValue(received, "costattr.llm.cost", "support-chat")).isEqualTo(2 * 0.0053592);
      assertThat(lastValue(received, "costattr.llm.calls", "support-chat")).isEqualTo(2);
    }
  }

  @Test
  void customersAreOnMetricsOnlyWhenAskedForAndOnlyTheFirstOnes() throws Exception {
    Received without = send(Entries.priced("e-1"));
    assertThat(attributes(points(without.metric("costattr.llm.calls")).get(0)))
        .doesNotContainKey("costattr.customer.id");
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink = open("otel.exporter.otlp.endpoint", http.url(), "metrics.customers", "2");
      sink.accept(
          Stream.of("a", "b", "c", "a", "d")
              .map(customer -> Entries.of("e", Entries.attributed("f", customer)))
              .toList());
      sink.close(LIMIT);
      assertThat(values(http.received().metric("costattr.llm.calls"), "costattr.customer.id"))
          .isEqualTo(Map.of("a", 2.0, "b", 1.0, "__other__", 2.0));
    }
  }

  @Test
  void theEnvironmentIsLeftOutWhereTheResourceSaysIt() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink =
          open(
              "otel.exporter.otlp.endpoint",
              http.url(),
              "otel.resource.attributes",
              "deployment.environment.name=production,service.version=7",
              "service",
              "shop");
      sink.accept(List.of(Entries.priced("e-1")));
      sink.close(LIMIT);
      assertThat(http.received().resource())
          .contains(
              entry("service.name", "shop"),
              entry("service.version", "7"),
              entry("deployment.environment.name", "production"))
          .containsKey("service.instance.id");
      assertThat(attributes(http.received().spans().get(0).getAttributesList()))
          .doesNotContainKey("costattr.environment");
    }
  }

  @Test
  void theConventionalMetricsAreTheDeployedOnes() throws Exception {
    Received received = send(Entries.priced("e-1"));
    Metric usage = received.metric("gen_ai.client.token.usage");
    assertThat(usage.getUnit()).isEqualTo("{token}");
    Map<Object, Double> sums = new TreeMap<>();
    usage
        .getHistogram()
        .getDataPointsList()
        .forEach(
            point ->
                sums.put(
                    attributes(point.getAttributesList()).get("gen_ai.token.type"),
                    point.getSum()));
    assertThat(sums).isEqualTo(Map.of("input", 1200.0, "output", 348.0));
    assertThat(usage.getHistogram().getDataPoints(0).getExplicitBoundsList())
        .startsWith(1.0, 4.0)
        .endsWith(67108864.0);
    assertThat(received.metric("gen_ai.client.operation.duration").getUnit()).isEqualTo("s");
    assertThat(names(received)).noneMatch(name -> name.startsWith("gen_ai.client.inference."));
  }

  @Test
  void theLatestConventionsAreOptIn() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink =
          open(
              "otel.exporter.otlp.endpoint",
              http.url(),
              "otel.semconv.stability.opt.in",
              "http,gen_ai_latest_experimental",
              "costattr.otel.semconv.cost",
              "true");
      sink.accept(List.of(Entries.priced("e-1"), Entries.refused("e-2")));
      sink.close(LIMIT);
      Received received = http.received();
      assertThat(names(received))
          .contains(
              "gen_ai.client.inference.duration",
              "gen_ai.client.inference.time_to_first_chunk",
              "gen_ai.client.inference.usage.reasoning.output_tokens")
          .doesNotContain("gen_ai.client.token.usage");
      assertThat(
              values(
                  received.metric("gen_ai.client.inference.usage.input_tokens"),
                  "gen_ai.token.modality"))
          .isEqualTo(Map.of("text", 1200.0, "unknown", 0.0));
      assertThat(
              values(
                  received.metric("gen_ai.client.inference.usage.cache_read.input_tokens"),
                  "gen_ai.token.modality"))
          .isEqualTo(Map.of("text", 1024.0));
      assertThat(attributes(received.spans().get(0).getAttributesList()))
          .contains(
              entry("gen_ai.usage.cost.amount", 0.0053592),
              entry("gen_ai.usage.cost.currency", "USD"),
              entry("gen_ai.usage.cost.source", "local"));
    }
  }

  @Test
  void theAgentWatchesItself() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      LedgerStats stats = new LedgerStats(10, 3, 2, 4, Map.of("events file", 1L, "otlp", 0L));
      OtlpSink sink =
          OtlpSink.open(
              OtelSettings.of(
                  Entries.config("otel.exporter.otlp.endpoint", http.url()), new Properties()),
              () -> stats);
      sink.close(LIMIT);
      Received received = http.received();
      assertThat(points(received.metric("costattr.agent.events")).get(0).getAsInt()).isEqualTo(10);
      assertThat(points(received.metric("costattr.agent.errors")).get(0).getAsInt()).isEqualTo(2);
      assertThat(
              received.metric("costattr.agent.queue.size").getGauge().getDataPoints(0).getAsInt())
          .isEqualTo(4);
      assertThat(values(received.metric("costattr.agent.dropped"), "costattr.stage"))
          .isEqualTo(
              Map.of(
                  "queue", 3.0, "events file", 1.0, "otlp", 0.0, "otlp spans", 0.0, "spool", 0.0));
    }
  }

  @Test
  void aModelWhosePriceEndsHasTheDaysThatAreLeft() throws Exception {
    Instant inTenDays = Instant.now().plus(Duration.ofHours(10 * 24 + 12));
    assertThat(daysLeft(Entries.pricedUntil("e-1", inTenDays))).containsExactly(10L);
    assertThat(daysLeft(Entries.pricedUntil("e-1", Instant.now().minus(Duration.ofHours(12)))))
        .containsExactly(-1L);
  }

  @Test
  void aModelWhosePriceHoldsOrWasRenewedHasNone() throws Exception {
    assertThat(daysLeft(Entries.priced("e-1"))).isEmpty();
    assertThat(daysLeft(Entries.pricedUntil("e-1", Instant.now()), Entries.priced("e-2")))
        .isEmpty();
  }

  @Test
  void theFirstPriceOfAModelToEndIsSaidThoughAnotherTiersHolds() throws Exception {
    Instant inTenDays = Instant.now().plus(Duration.ofHours(10 * 24 + 12));
    Instant inTwentyDays = Instant.now().plus(Duration.ofHours(20 * 24 + 12));
    assertThat(
            daysLeft(
                Entries.pricedUntil("e-1", "flex", inTenDays),
                Entries.pricedUntil("e-2", "priority", inTwentyDays),
                Entries.pricedUntil("e-3", "default", null)))
        .containsExactly(10L);
  }

  private static List<Long> daysLeft(CostEvent... events) throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink = open("otel.exporter.otlp.endpoint", http.url());
      sink.accept(List.of(events));
      sink.close(LIMIT);
      return http.received().metrics().stream()
          .filter(metric -> metric.getName().equals("costattr.price.expires_in_days"))
          .flatMap(metric -> metric.getGauge().getDataPointsList().stream())
          .map(NumberDataPoint::getAsInt)
          .toList();
    }
  }
}
