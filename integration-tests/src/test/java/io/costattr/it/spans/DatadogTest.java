package io.costattr.it.spans;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.costattr.it.AgentJvm;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside the Datadog agent, with and without its implementation of OpenTelemetry's API. */
class DatadogTest {
  @TempDir Path directory;

  @Test
  void theSpanThatItHasCurrentInOpenTelemetrysApiIsTheParent() throws Exception {
    try (TraceIntake intake = new TraceIntake()) {
      SeenSpans seen =
          SeenSpans.of(
              directory,
              (jvm, host, own) ->
                  SeenSpans.costattr(datadog(jvm, intake, "-Ddd.trace.otel.enabled=true"), own),
              "chat",
              "jdk");

      for (String call : new String[] {"chat", "jdk"}) {
        assertThat(seen.hasOwn(call))
            .singleElement()
            .matches(span -> span.getParentSpanId().size() == 8);
      }
      assertThat(seen.own().events()).hasSize(2);
      assertThat(intake.all()).contains("work").doesNotContain(":" + seen.ownPort());
    }
  }

  @Test
  void withoutThatACallIsARootAndNothingThatTheAgentSendsIsASpan() throws Exception {
    try (TraceIntake intake = new TraceIntake()) {
      SeenSpans seen =
          SeenSpans.of(
              directory,
              (jvm, host, own) -> datadog(SeenSpans.costattr(jvm, own), intake),
              "chat",
              "jdk");

      assertThat(seen.hasOwn("jdk").get(0).getParentSpanId().isEmpty()).isTrue();
      assertThat(intake.all())
          .contains("/v1/chat/completions")
          .doesNotContain(":" + seen.ownPort());
    }
  }

  private static AgentJvm datadog(AgentJvm jvm, TraceIntake intake, String... options) {
    return jvm.option("-javaagent:" + AgentJvm.otherAgent("dd-java-agent"))
        .option(
            "-Ddd.agent.host=127.0.0.1",
            "-Ddd.trace.agent.port=" + intake.port(),
            "-Ddd.trace.startup.logs=false",
            "-Ddd.instrumentation.telemetry.enabled=false",
            "-Ddd.remote_config.enabled=false",
            "-Ddd.jmxfetch.enabled=false",
            "-Ddd.profiling.enabled=false",
            "-Ddatadog.slf4j.simpleLogger.defaultLogLevel=off")
        .option(options);
  }

  /** Takes what the Datadog agent sends. */
  private static final class TraceIntake implements AutoCloseable {
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    TraceIntake() throws Exception {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            byte[] answer = "{}".getBytes(ISO_8859_1);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    /** All of it; strings are readable in it. */
    String all() {
      return String.join("", bodies);
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
