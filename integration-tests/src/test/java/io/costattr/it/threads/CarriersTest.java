package io.costattr.it.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way by which the JDK and HTTP clients take work to other threads. */
class CarriersTest {
  /** The JVM does not verify the classes of its own module unless it is told to. */
  private static final String[] VERIFIED = {
    "-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal"
  };

  @TempDir Path directory;

  @Test
  void everyCarrierOfJdk17CarriesItsCustomerAndNothingElseDoes() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, Carriers.class)
              .option(VERIFIED)
              .withAgent("log=off", "otel.sdk.disabled=true")
              .argument(server.baseUrl())
              .run();
      everythingIsRight(result, 160);
      everyEventIsWhoseItWas(result, 120);
    }
  }

  @Test
  void soDoVirtualThreadsAndStructuredScopes() throws Exception {
    assumeTrue(AgentJvm.javaVersion() >= 25, "structured scopes are looked for in JDK 25");
    Path source = directory.resolve("VirtualCarriers.java");
    try (var in =
        CarriersTest.class.getResourceAsStream("/programs/threads/VirtualCarriers.java")) {
      Files.copy(in, source);
    }
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-nowarn",
                "-proc:none",
                "--enable-preview",
                "--release",
                "25",
                "-cp",
                AgentJvm.testClassPath(),
                "-d",
                directory.toString(),
                source.toString());
    assertThat(compiled).isZero();
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, "io.costattr.it.threads.VirtualCarriers")
              .classPath(directory + File.pathSeparator + AgentJvm.testClassPath())
              .option("--enable-preview")
              .option(VERIFIED)
              .withAgent("log=off", "otel.sdk.disabled=true")
              .argument(server.baseUrl())
              .run();
      everythingIsRight(result, 25);
      everyEventIsWhoseItWas(result, 20);
    }
  }

  @Test
  void theDispatcherOnTheBootClassPathCarriesAsWell() throws Exception {
    Result result =
        AgentJvm.of(directory, Carriers.class)
            .option(VERIFIED)
            .withAgent("log=off", "dispatcher=append")
            .run();
    everythingIsRight(result, 160);
  }

  @Test
  void switchedOffNothingIsCarried() throws Exception {
    Result result =
        AgentJvm.of(directory, Carriers.class).withAgent("log=off", "context.carry=false").run();
    assertThat(result.out())
        .contains("WRONG pool.submit: expected pool.submit, was " + Who.NOBODY)
        .contains("right wrapped for somebody else");
  }

  /** Hands over within a span, which makes the OpenTelemetry agent wrap what is handed over. */
  public static final class InSpan {
    public static void main(String[] arguments) throws Exception {
      var span =
          io.opentelemetry.api.GlobalOpenTelemetry.getTracer("test")
              .spanBuilder("work")
              .startSpan();
      try (var scope = span.makeCurrent()) {
        Carriers.main(arguments);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"opentelemetry-javaagent, true", "dd-java-agent, false"})
  void anotherAgentThatCarriesChangesNothing(String other, boolean first) throws Exception {
    AgentJvm jvm = AgentJvm.of(directory, InSpan.class);
    if (first) {
      jvm.option("-javaagent:" + AgentJvm.otherAgent(other));
    }
    jvm.withAgent("log=off");
    if (!first) {
      jvm.option("-javaagent:" + AgentJvm.otherAgent(other));
    }
    Result result =
        jvm.option(
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none",
                "-Ddd.trace.startup.logs=false",
                "-Ddd.instrumentation.telemetry.enabled=false",
                "-Ddd.remote_config.enabled=false",
                "-Ddd.jmxfetch.enabled=false",
                "-Ddatadog.slf4j.simpleLogger.defaultLogLevel=off")
            .run();
    everythingIsRight(result, 160);
  }

  @Test
  void queuesOfHttpClientsCarryEachCallsOwnCustomer() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, DispatchQueues.class)
              .withAgent("log=off", "otel.sdk.disabled=true")
              .argument(server.baseUrl())
              .run();
      everythingIsRight(result, 56);
      everyEventIsWhoseItWas(result, 56);
    }
  }

  @Test
  void eventLoopsAndTheirContextsCarry() throws Exception {
    everythingIsRight(
        AgentJvm.of(directory, EventLoops.class).option(VERIFIED).withAgent("log=off").run(), 12);
  }

  private static void everythingIsRight(Result result, int atLeast) {
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out().lines().filter(line -> line.startsWith("WRONG"))).isEmpty();
    assertThat(result.out().lines().filter(line -> line.startsWith("right")))
        .hasSizeGreaterThanOrEqualTo(atLeast);
  }

  /** Each call names in its request for whom it is made. */
  static void everyEventIsWhoseItWas(Result result, int atLeast) throws Exception {
    List<JsonNode> events = result.events();
    assertThat(events).hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(events)
        .allSatisfy(
            event ->
                assertThat(event.path("customer_id").asText())
                    .isEqualTo(event.path("prompt_cache_key").asText()));
  }
}
