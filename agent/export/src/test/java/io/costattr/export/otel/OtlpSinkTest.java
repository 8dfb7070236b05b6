package io.costattr.export.otel;

import static io.costattr.export.otel.MetricValues.attributes;
import static io.costattr.export.otel.MetricValues.points;
import static io.costattr.export.otel.MetricValues.values;
import static io.costattr.export.otel.Sent.LIMIT;
import static io.costattr.export.otel.Sent.open;
import static io.costattr.export.otel.Sent.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.ByteString;
import io.costattr.core.attribution.HostSpan;
import io.costattr.core.ledger.Attempt;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.HostTelemetry;
import io.costattr.export.Entries;
import io.costattr.export.SpanIds;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a collector gets, over HTTP unless said otherwise: spans and events. */
class OtlpSinkTest {
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
  void aCallThatASpanOfTheApplicationsHasIsNoOtherSpanAndItsEventIsInThatOne() throws Exception {
    HostSpan has = new HostSpan(Entries.HOST.traceId(), "00000000000000ab", (byte) 1);
    Received received = send(Entries.priced("e-1").in(new HostTelemetry(has, true)));

    assertThat(received.spans()).isEmpty();
    assertThat(hex(received.events().get(0).getTraceId())).isEqualTo(has.traceId());
    assertThat(hex(received.events().get(0).getSpanId())).isEqualTo(has.spanId());
    assertThat(SpanIds.of(Entries.priced("e-1").in(new HostTelemetry(has, true)), true))
        .isEqualTo(new SpanIds(has.traceId(), has.spanId()));
    assertThat(points(received.metric("costattr.llm.calls"))).hasSize(1);
  }

  @Test
  void theConventionalMetricsOfACallAreLeftToWhoCountsItToo() throws Exception {
    CostEvent counted = Entries.priced("e-1").in(new HostTelemetry(null, true));

    assertThat(MetricValues.names(send(counted))).noneMatch(name -> name.startsWith("gen_ai."));
    assertThat(MetricValues.names(send(counted, Entries.priced("e-2"))))
        .contains("gen_ai.client.token.usage");
    assertThat(MetricValues.names(sendWith("costattr.otel.genai.metrics", "on", counted)))
        .contains("gen_ai.client.token.usage", "gen_ai.client.operation.duration");
    assertThat(
            MetricValues.names(
                sendWith("costattr.otel.genai.metrics", "off", Entries.priced("e-2"))))
        .noneMatch(name -> name.startsWith("gen_ai."))
        .contains("costattr.llm.tokens");
  }

  @Test
  void ownSpansCanBeSwitchedOff() throws Exception {
    for (String mode : List.of("off", "enrich")) {
      Received received = sendWith("costattr.otel.spans", mode, Entries.priced("e-1"));

      assertThat(received.spans()).isEmpty();
      assertThat(hex(received.events().get(0).getSpanId())).isEqualTo(Entries.HOST.spanId());
    }
    assertThat(sendWith("costattr.otel.spans", "own", Entries.priced("e-1")).spans()).hasSize(1);
  }

  private static Received sendWith(String key, String value, CostEvent event) throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      OtlpSink sink = open("otel.exporter.otlp.endpoint", http.url(), key, value);
      sink.accept(List.of(event));
      sink.close(LIMIT);
      return http.received();
    }
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

  private static Map<String, Object> pricedAttributes() {
    Map<String, Object> all = new TreeMap<>();
    all.put("costattr.feature", "support-chat");
    all.put("costattr.route", "/api/v1/chat/answer");
    all.put("costattr.customer.id", "cust_4291");
    all.put("costattr.team", "growth");
    all.put("costattr.environment", "production");
    for (String dimension : List.of("feature", "route", "customer.id", "team")) {
      all.put("costattr.attribution.source." + dimension, "api");
    }
    all.put("costattr.attribution.source.environment", "default");
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
    all.put("costattr.price.rule", "response_model");
    all.put("costattr.endpoint", "chat");
    all.put("costattr.duration", 1.834499);
    all.put("costattr.prompt_cache_key", "tenant-a");
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

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
