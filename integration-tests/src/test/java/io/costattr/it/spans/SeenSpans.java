package io.costattr.it.spans;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.export.otel.HttpReceiver;
import io.costattr.export.otel.Received;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What came to two collectors, the application's and the agent's, of a program that makes {@link
 * SpanCalls}.
 *
 * @param result how the program ended
 * @param host what the application's own telemetry sent
 * @param own what the agent sent
 * @param hostPort where the former went to
 * @param ownPort where the latter went to
 */
record SeenSpans(Result result, Received host, Received own, int hostPort, int ownPort) {

  /** How a program is started. */
  interface Start {
    AgentJvm of(AgentJvm jvm, HttpReceiver host, HttpReceiver own);
  }

  /** Runs the calls in a JVM without an SDK of the program's own. */
  static SeenSpans of(Path directory, Start start, String... calls) throws Exception {
    return of(directory, start, "-", calls);
  }

  /** Runs the calls in a JVM whose program has an SDK. */
  static SeenSpans withSdk(Path directory, boolean samples, Start start, String... calls)
      throws Exception {
    return of(directory, start, samples ? "" : "|off", calls);
  }

  private static SeenSpans of(Path directory, Start start, String sdk, String... calls)
      throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        HttpReceiver host = new HttpReceiver();
        HttpReceiver own = new HttpReceiver()) {
      AgentJvm jvm =
          start
              .of(AgentJvm.of(directory, SpanCalls.class), host, own)
              .argument(server.baseUrl(), sdk.equals("-") ? sdk : host.url() + sdk)
              .argument(calls);
      Result result = jvm.run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("internal fault");
      SeenSpans seen =
          new SeenSpans(result, host.received(), own.received(), host.port(), own.port());
      seen.isSound();
      return seen;
    }
  }

  /** With the agent, which sends to its own collector. */
  static AgentJvm costattr(AgentJvm jvm, HttpReceiver own, String... settings) {
    return jvm.withAgent(settings)
        .option("-Dcostattr.otel.exporter.otlp.endpoint=" + own.url())
        .option("-Dcostattr.otel.exporter.otlp.protocol=http/protobuf");
  }

  /** With the OpenTelemetry agent, which sends to the application's collector. */
  static AgentJvm openTelemetry(AgentJvm jvm, HttpReceiver host, String... options) {
    return jvm.option("-javaagent:" + AgentJvm.otherAgent("opentelemetry-javaagent"))
        .option("-Dotel.exporter.otlp.endpoint=" + host.url())
        .option("-Dotel.exporter.otlp.protocol=http/protobuf")
        .option("-Dotel.metric.export.interval=600000")
        .option(options);
  }

  /** Holds of every combination. */
  private void isSound() throws Exception {
    assertThat(all())
        .as("no span is of what the agents send")
        .allSatisfy(
            span ->
                assertThat(attributes(span).toString())
                    .doesNotContain(":" + hostPort + "/", ":" + ownPort + "/"));
    for (JsonNode event : result.events()) {
      Span span = find(event.path("span_id").asText());
      if (span != null) {
        assertThat(event.path("trace_id").asText()).isEqualTo(hex(span.getTraceId()));
      }
    }
  }

  private List<Span> all() {
    return Stream.concat(host.spans().stream(), own.spans().stream()).toList();
  }

  private Span find(String id) {
    return all().stream().filter(span -> hex(span.getSpanId()).equals(id)).findFirst().orElse(null);
  }

  static Map<String, Object> attributes(Span span) {
    return Received.attributes(span.getAttributesList());
  }

  /** The spans with the agent's attributes of that customer's calls, whoever sent them. */
  List<Span> of(String customer) {
    return of(all(), customer);
  }

  /** The same, which the agent sent. */
  List<Span> ownOf(String customer) {
    return of(own.spans(), customer);
  }

  /** The same, which the application's telemetry sent. */
  List<Span> enriched(String customer) {
    return of(host.spans(), customer);
  }

  private static List<Span> of(List<Span> spans, String customer) {
    return spans.stream()
        .filter(span -> customer.equals(attributes(span).get("costattr.customer.id")))
        .toList();
  }

  /** The program's span around that call. */
  Span work(String call) {
    return host.spans().stream()
        .filter(span -> call.equals(attributes(span).get("call")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no span of the program's around " + call));
  }

  /** The application's span of that name in the same trace. */
  Span hostSpan(String name, Span sameTrace) {
    return host.spans().stream()
        .filter(
            span -> span.getName().equals(name) && span.getTraceId().equals(sameTrace.getTraceId()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no span " + name + " in " + host.spans()));
  }

  /** The events of that customer's calls. */
  List<JsonNode> events(String customer) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (JsonNode event : result.events()) {
      if (event.path("customer_id").asText().equals(customer)) {
        events.add(event);
      }
    }
    return events;
  }

  /** The one call of that customer's is seen in a span of the application's, and in no other. */
  Span isEnriched(String customer) throws Exception {
    assertThat(ownOf(customer)).as(customer).isEmpty();
    assertThat(enriched(customer)).as(customer).hasSize(1);
    Span span = enriched(customer).get(0);
    List<JsonNode> events = events(customer);
    assertThat(events).isNotEmpty().allMatch(event -> isSeenIn(event, span));
    Map<String, Object> attributes = attributes(span);
    assertThat(attributes)
        .containsEntry("costattr.feature", "spans")
        .containsEntry("costattr.team", "test")
        .containsEntry("costattr.attempts", (long) events.size())
        .containsEntry("costattr.cost.pico_usd", pico(events))
        .containsKeys("gen_ai.operation.name", "costattr.price.version", "costattr.event.id");
    return span;
  }

  /** Each call of that customer's is seen in a span of the agent's own, and in no other. */
  List<Span> hasOwn(String customer) throws Exception {
    assertThat(enriched(customer)).as(customer).isEmpty();
    List<Span> spans = ownOf(customer);
    List<JsonNode> events = events(customer);
    assertThat(spans).as(customer).hasSameSizeAs(events).isNotEmpty();
    for (JsonNode event : events) {
      assertThat(spans).as(customer).anyMatch(span -> isSeenIn(event, span));
    }
    return spans;
  }

  private static boolean isSeenIn(JsonNode event, Span span) {
    return hex(span.getSpanId()).equals(event.path("span_id").asText())
        && hex(span.getTraceId()).equals(event.path("trace_id").asText());
  }

  /** What those events say that it cost. */
  static long pico(List<JsonNode> events) {
    return events.stream()
        .mapToLong(
            event -> event.path("cost_usd").decimalValue().movePointRight(12).longValueExact())
        .sum();
  }

  /** What all spans say that it cost. */
  long picoOfSpans() {
    return all().stream()
        .map(span -> attributes(span).get("costattr.cost.pico_usd"))
        .filter(Objects::nonNull)
        .mapToLong(pico -> (Long) pico)
        .sum();
  }

  /** How many tokens each collector was told of by the conventional metric, by operation. */
  static Map<String, Double> tokens(Received received) {
    Map<String, Double> last = new TreeMap<>();
    for (Metric metric : received.metrics()) {
      if (metric.getName().equals("gen_ai.client.token.usage")) {
        last.clear();
        for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
          Map<String, Object> attributes = Received.attributes(point.getAttributesList());
          last.merge(
              attributes.get("gen_ai.operation.name") + " " + attributes.get("gen_ai.token.type"),
              point.getSum(),
              Double::sum);
        }
      }
    }
    return last;
  }

  static String hex(com.google.protobuf.ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  /** Those names, one after the other. */
  static String[] calls(String... names) {
    return Arrays.copyOf(names, names.length);
  }
}
