package io.costattr.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Together with the OpenTelemetry and the Datadog agent, in either order. */
class OtherAgentsTest {
  private static final String[] QUIET_OTEL = {
    "-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none"
  };
  private static final String[] QUIET_DATADOG = {
    "-Ddd.trace.startup.logs=false",
    "-Ddd.instrumentation.telemetry.enabled=false",
    "-Ddd.remote_config.enabled=false",
    "-Ddd.jmxfetch.enabled=false",
    "-Ddatadog.slf4j.simpleLogger.defaultLogLevel=off"
  };

  @TempDir Path directory;

  /** Calls within a span of the application's own. */
  public static final class InSpan {
    public static void main(String[] arguments) throws Exception {
      Span span = GlobalOpenTelemetry.getTracer("test").spanBuilder("work").startSpan();
      try (Scope scope = span.makeCurrent()) {
        Calls.all(arguments[0]);
      }
      span.end();
      System.out.println(span.getSpanContext().getTraceId());
    }
  }

  @Test
  void theOpenTelemetryAgentFirst() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, InSpan.class)
              .option("-javaagent:" + AgentJvm.otherAgent("opentelemetry-javaagent"))
              .option(QUIET_OTEL)
              .withAgent("otel.traces.exporter=none", "otel.logs.exporter=none")
              .argument(server.baseUrl())
              .run();
      everyCallOnce(result);
      String trace = result.out().trim();
      assertThat(trace).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
      assertThat(result.eachEvents("trace_id")).containsOnly(trace);
    }
  }

  @Test
  void theOpenTelemetryAgentSecond() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      everyCallOnce(
          AgentJvm.of(directory, Calls.class)
              .withAgent("otel.traces.exporter=none", "otel.logs.exporter=none")
              .option("-javaagent:" + AgentJvm.otherAgent("opentelemetry-javaagent"))
              .option(QUIET_OTEL)
              .argument(server.baseUrl())
              .run());
    }
  }

  @Test
  void theDatadogAgentFirst() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      everyCallOnce(
          AgentJvm.of(directory, Calls.class)
              .option("-javaagent:" + AgentJvm.otherAgent("dd-java-agent"))
              .option(QUIET_DATADOG)
              .withAgent()
              .argument(server.baseUrl())
              .run());
    }
  }

  @Test
  void theDatadogAgentSecond() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      everyCallOnce(
          AgentJvm.of(directory, Calls.class)
              .withAgent()
              .option("-javaagent:" + AgentJvm.otherAgent("dd-java-agent"))
              .option(QUIET_DATADOG)
              .argument(server.baseUrl())
              .run());
    }
  }

  @Test
  void theSpansOfAnApplicationWithItsOwnOpenTelemetryAreJoined() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, OwnSpan.class).withAgent().argument(server.baseUrl()).run();
      assertThat(result.eachEvents("trace_id"))
          .as(result.err())
          .hasSize(Calls.COUNT)
          .containsOnly(OwnSpan.TRACE);
    }
  }

  /** A span made by hand, as an application's own SDK would make current. */
  public static final class OwnSpan {
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    public static void main(String[] arguments) throws Exception {
      Span span =
          Span.wrap(
              io.opentelemetry.api.trace.SpanContext.create(
                  TRACE,
                  "00f067aa0ba902b7",
                  io.opentelemetry.api.trace.TraceFlags.getSampled(),
                  io.opentelemetry.api.trace.TraceState.getDefault()));
      try (Scope scope = span.makeCurrent()) {
        Calls.all(arguments[0]);
      }
    }
  }

  private static void everyCallOnce(Result result) throws Exception {
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.eachEvents("customer_id"))
        .as(result.err())
        .containsExactlyInAnyOrder(Calls.CUSTOMERS);
    assertThat(result.err()).doesNotContain("[costattr]");
  }
}
