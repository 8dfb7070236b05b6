package io.costattr.export.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.ByteString;
import io.costattr.core.attribution.HostSpan;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.LedgerStats;
import io.costattr.export.Entries;
import io.costattr.export.SpanIds;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a collector gets, over HTTP unless said otherwise. */
class OtlpSinkTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long STARTED_NANOS =
      Entries.STARTED.getEpochSecond() * 1_000_000_000 + Entries.STARTED.getNano();

  @Test
  void aPricedCallIsASpanInTheApplicationsTrace() throws Exception {
    Span span = send(Entries.priced("e-1")).spans().get(0);
    assertThat(span.getName()).isEqualTo("chat gpt-5.2");
    assertThat(span.getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
    assertThat(hex(span.getTraceId())).isEqualTo(Entries.HOST.traceId());
    assertThat(hex(span.getParentSpanId())).isEqualTo(Entries.HOST.spanId());
    assertThat(hex(span.getSpanId())).isEqualTo(SpanIds.of(Entries.priced("e-1"), true).spanId());
    assertThat(span.getStartTimeUnixNano()).isEqualTo(STARTED_NANOS);
    assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()).isEqualTo(1_834_499_000);
    assertThat(span.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
    assertThat(attributes(span.getAttributesList())).containsExactlyEntriesOf(pricedAttributes());
  }

  @Test
  void aPricedCallIsALogEventWithTheSameAttributesInTheSpansContext() throws Exception {
    Received received = send(Entries.priced("e-1"));
    LogRecord event = received.events().get(0);
    Span span = received.spans().get(0);
    assertThat(event.getEventName()).isEqualTo("costattr.llm.call");
    assertThat(event.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_INFO);
    assertThat(event.getTimeUnixNano()).isEqualTo(STARTED_NANOS);
    assertThat(event.getTraceId()).isEqualTo(span.getTraceId());
    assertThat(event.getSpanId()).isEqualTo(span.getSpanId());
    assertThat(event.getFlags()).isEqualTo(1);
    assertThat(attributes(event.getAttributesList())).containsExactlyEntriesOf(pricedAttributes());
  }

  @Test
  void grpcCarriesTheSame() throws Exception {
    try (GrpcReceiver grpc = new GrpcReceiver()) {
      OtlpSink sink =
          open("otel.exporter.otlp.endpoint", grpc.url(), "otel.exporter.otlp.protocol", "grpc");
      sink.accept(List.of(Entries.priced("e-1")));
      sink.close(LIMIT);
      Received received = grpc.received();
      assertThat(attributes(received.spans().get(0).getAttributesList()))
          .containsExactlyEntriesOf(pricedAttributes());
      assertThat(attributes(received.events().get(0).getAttributesList()))
          .containsExactlyEntriesOf(pricedAttributes());
      assertThat(points(received.metric("costattr.llm.calls"))).hasSize(1);
      assertThat(sink.lost()).isZero();
    }
  }

  @Test
  void aCallOutsideOfAnySpanBeginsATrace() throws Exception {
    Received received = send(Entries.outsideOfSpans("e-1"));
    SpanIds ids = SpanIds.of(Entries.outsideOfSpans("e-1"), true);
    assertThat(hex(received.spans().get(0).getTraceId())).isEqualTo(ids.traceId());
    assertThat(hex(received.spans().get(0).getSpanId())).isEqualTo(ids.spanId());
    assertThat(received.spans().get(0).getParentSpanId()).isEmpty();
  }

  @Test
  void aRefusedCallIsASpanInErrorThatCostsNothing() throws Exception {
    Received received = send(Entries.refused("e-1"));
    Span span = received.spans().get(0);
    assertThat(span.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    assertThat(attributes(span.getAttributesList()))
        .contains(
            entry("error.type", "rate_limit_exceeded"),
            entry("http.response.status_code", 429L),
            entry("costattr.cost.pico_usd", 0L),
            entry("costattr.cost.basis", "none"),
            entry("costattr.attempt", 2L))
        .doesNotContainKeys("gen_ai.usage.input_tokens", "gen_ai.response.model");
    assertThat(attributes(points(received.metric("costattr.llm.calls")).get(0)))
        .containsEntry("error.type", "rate_limit_exceeded");
  }

  @Test
  void whatCannotBeIsMarkedAndCounted() throws Exception {
    Received received = send(Entries.contradictory("e-1"), Entries.priced("e-2"));
    assertThat(Received.attributes(received.events().get(0).getAttributesList()))
        .containsEntry("costattr.anomaly", "contradictory_usage");
    assertThat(Received.attributes(received.events().get(1).getAttributesList()))
        .doesNotContainKey("costattr.anomaly");
    assertThat(values(received.metric("costattr.llm.anomalous_calls"), "costattr.anomaly"))
        .isEqualTo(Map.of("null", 0.0, "contradictory_usage", 1.0));
  }

  @Test
  void aCallWhoseCostIsNotKnownHasNoCostAttributeAndIsCounted() throws Exception {
    Received received = send(Entries.unpriced("e-1"), Entries.unknown("e-2"));
    assertThat(attributes(received.events().get(0).getAttributesList()))
        .containsEntry("costattr.cost.basis", "unpriced")
        .doesNotContainKeys("costattr.cost.amount", "costattr.cost.pico_usd");
    assertThat(received.spans().get(1).getName()).isEqualTo("chat");
    assertThat(received.metrics())
        .noneMatch(metric -> metric.getName().equals("costattr.llm.cost"));
    assertThat(values(received.metric("costattr.llm.unpriced_calls"), "costattr.cost.basis"))
        .isEqualTo(Map.of("null", 0.0, "unpriced", 1.0, "unknown", 1.0));
  }

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
          .isEqualTo(Map.of("queue", 3.0, "events file", 1.0, "otlp", 0.0, "otlp spans", 0.0));
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

  @Test
  void eventsAreNeverSampledThoughSpansAre() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink =
          open("otel.exporter.otlp.endpoint", http.url(), "otel.traces.sampler", "always_off");
      sink.accept(List.of(Entries.priced("e-1")));
      sink.close(LIMIT);
      assertThat(http.received().spans()).isEmpty();
      assertThat(http.received().events()).hasSize(1);
      assertThat(hex(http.received().events().get(0).getTraceId()))
          .isEqualTo(Entries.HOST.traceId());
    }
  }

  @Test
  void theApplicationsSamplingDecisionIsRespected() throws Exception {
    CostEvent sampled = Entries.priced("e-1");
    Attempt a = sampled.attempt();
    HostSpan unsampled = new HostSpan(Entries.HOST.traceId(), Entries.HOST.spanId(), (byte) 0);
    Attempt attempt =
        new Attempt(
            a.eventId(),
            a.requestId(),
            a.number(),
            a.startedAt(),
            a.latencyNanos(),
            null,
            a.provider(),
            a.endpoint(),
            a.requestModel(),
            a.responseModel(),
            null,
            null,
            false,
            null,
            null,
            null,
            null,
            200,
            null,
            a.outcome(),
            a.serverAddress(),
            443,
            a.client(),
            null,
            unsampled);
    Received received =
        send(new CostEvent(attempt, sampled.attribution(), sampled.usage(), sampled.cost()));
    assertThat(received.spans()).isEmpty();
    assertThat(received.events().get(0).getFlags()).isZero();
  }

  @Test
  void withoutSpansOfOurOwnEventsAreJoinedToTheApplications() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink =
          open("otel.exporter.otlp.endpoint", http.url(), "otel.traces.exporter", "none");
      sink.accept(List.of(Entries.priced("e-1"), Entries.outsideOfSpans("e-2")));
      sink.close(LIMIT);
      List<LogRecord> events = http.received().events();
      assertThat(http.received().spans()).isEmpty();
      assertThat(hex(events.get(0).getSpanId())).isEqualTo(Entries.HOST.spanId());
      assertThat(events.get(1).getTraceId()).isEmpty();
    }
  }

  @Test
  void everyEventArrivesOnceAndInOrder() throws Exception {
    CostEvent[] all =
        IntStream.range(0, 5_000).mapToObj(i -> Entries.priced("e-" + i)).toArray(CostEvent[]::new);
    Received received = send(all);
    assertThat(
            received.events().stream()
                .map(event -> attributes(event.getAttributesList()).get("costattr.event.id")))
        .containsExactlyElementsOf(
            Arrays.stream(all).map(event -> event.attempt().eventId()).toList());
    assertThat(received.spans()).hasSize(5_000);
  }

  @Test
  void aBurstBeyondTheQueueIsNotLostWhileTheCollectorKeepsTaking() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink =
          open(
              "otel.exporter.otlp.endpoint", http.url(),
              "otel.traces.exporter", "none",
              "otel.blrp.max.queue.size", "100",
              "otel.blrp.max.export.batch.size", "50");
      sink.accept(IntStream.range(0, 3_000).mapToObj(i -> Entries.priced("e-" + i)).toList());
      sink.close(LIMIT);
      assertThat(sink.lost()).isZero();
      assertThat(http.received().events()).hasSize(3_000);
    }
  }

  @Test
  void headersAndCompressionAreOpenTelemetrysOwn() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink =
          open(
              "otel.exporter.otlp.endpoint",
              http.url(),
              "otel.exporter.otlp.headers",
              "Authorization=Bearer%20t0ken",
              "otel.exporter.otlp.compression",
              "gzip");
      sink.accept(List.of(Entries.priced("e-1")));
      sink.close(LIMIT);
      assertThat(http.headers()).hasSize(3).containsOnly("Bearer t0ken gzip");
      assertThat(http.received().events()).hasSize(1);
    }
  }

  private static Received send(CostEvent... events) throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink = open("otel.exporter.otlp.endpoint", http.url());
      sink.accept(List.of(events));
      sink.close(LIMIT);
      assertThat(sink.lost()).isZero();
      return http.received();
    }
  }

  private static OtlpSink open(String... keysAndValues) {
    LedgerStats none = new LedgerStats(0, 0, 0, 0, Map.of());
    return OtlpSink.open(
        OtelSettings.of(Entries.config(keysAndValues), new Properties()), () -> none);
  }

  private static Map<String, Object> pricedAttributes() {
    Map<String, Object> all = new TreeMap<>();
    all.put("costattr.feature", "support-chat");
    all.put("costattr.route", "/api/v1/chat/answer");
    all.put("costattr.customer.id", "cust_4291");
    all.put("costattr.team", "growth");
    all.put("costattr.environment", "production");
    all.put("costattr.tag.experiment", "B");
    all.put("costattr.tag.arm", "2");
    all.put("costattr.event.id", "e-1");
    all.put("costattr.request.id", "req-1");
    all.put("costattr.attempt", 1L);
    all.put("costattr.outcome", "completed");
    all.put("costattr.client", "openai-java 4.101.0");
    all.put("costattr.call_site", "com.acme.Support.answer:41");
    all.put("costattr.cost.amount", 0.0053592);
    all.put("costattr.cost.pico_usd", 5_359_200_000L);
    all.put("costattr.cost.currency", "USD");
    all.put("costattr.cost.basis", "reported");
    all.put("costattr.cost.at_risk", 2e-8);
    all.put("costattr.price.version", "2026-11-01");
    all.put("costattr.price.rows", List.of("r-in", "r-out"));
    all.put("gen_ai.operation.name", "chat");
    all.put("gen_ai.provider.name", "openai");
    all.put("gen_ai.request.model", "gpt-5.2");
    all.put("gen_ai.request.stream", true);
    all.put("gen_ai.request.reasoning.level", "low");
    all.put("gen_ai.response.model", "gpt-5.2-2026-10-01");
    all.put("gen_ai.response.id", "chatcmpl-1");
    all.put("gen_ai.response.time_to_first_chunk", 0.3125);
    all.put("gen_ai.usage.input_tokens", 1200L);
    all.put("gen_ai.usage.output_tokens", 348L);
    all.put("gen_ai.usage.cache_read.input_tokens", 1024L);
    all.put("gen_ai.usage.reasoning.output_tokens", 128L);
    all.put("openai.api.type", "chat_completions");
    all.put("openai.request.service_tier", "auto");
    all.put("openai.response.service_tier", "priority");
    all.put("server.address", "api.openai.com");
    all.put("server.port", 443L);
    all.put("http.response.status_code", 200L);
    return all;
  }

  private static double lastValue(Received received, String name, String feature) {
    double last = 0;
    for (Metric metric : received.metrics()) {
      if (metric.getName().equals(name)) {
        for (NumberDataPoint point : points(metric)) {
          if (feature.equals(attributes(point).get("costattr.feature"))) {
            last = value(point);
          }
        }
      }
    }
    return last;
  }

  private static List<String> names(Received received) {
    return received.metrics().stream().map(Metric::getName).toList();
  }

  private static List<NumberDataPoint> points(Metric metric) {
    return metric.getSum().getDataPointsList();
  }

  private static Map<String, Object> attributes(NumberDataPoint point) {
    return attributes(point.getAttributesList());
  }

  private static Map<String, Object> attributes(List<KeyValue> attributes) {
    return Received.attributes(attributes);
  }

  private static Map<String, Double> values(Metric metric, String attribute) {
    Map<String, Double> values = new TreeMap<>();
    points(metric)
        .forEach(point -> values.put("" + attributes(point).get(attribute), value(point)));
    return values;
  }

  private static double value(NumberDataPoint point) {
    return point.hasAsInt() ? (double) point.getAsInt() : point.getAsDouble();
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
