package io.costattr.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.loopback.LoopbackOpenAi;
import io.costattr.loopback.WireServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a JVM ends, and what of its calls is kept. */
class EndTest {
  @TempDir Path directory;

  /** Exits right after its last call. */
  public static final class ExitAtOnce {
    public static void main(String[] arguments) throws Exception {
      Calls.all(arguments[0]);
      System.exit(3);
    }
  }

  @Test
  void whatWasCalledJustBeforeTheExitIsInTheFile() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, ExitAtOnce.class).withAgent().argument(server.baseUrl()).run();
      assertThat(result.exit()).isEqualTo(3);
      assertThat(result.err()).isEmpty();
      assertThat(result.events()).hasSize(Calls.COUNT);
    }
  }

  @Test
  void aDeadCollectorCostsItsEntriesAndSaysSo() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, ExitAtOnce.class)
              .withAgent("otel.exporter.otlp.endpoint=http://127.0.0.1:" + closed, "spool=off")
              .argument(server.baseUrl())
              .run();
      assertThat(result.exit()).isEqualTo(3);
      assertThat(result.events()).hasSize(Calls.COUNT);
      assertThat(result.errorLines())
          .hasSize(2)
          .anyMatch(line -> line.contains("127.0.0.1:" + closed))
          .anyMatch(
              line ->
                  line.contains("not every entry") && line.contains(Calls.COUNT + " lost by otlp"));
    }
  }

  @Test
  void theAgentsOwnExportIsNoModelCall() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        WireServer collector = WireServer.start((request, reply) -> reply.status(200).body(""))) {
      // The base path makes every export end like a model call.
      Result result =
          AgentJvm.of(directory, ExitAtOnce.class)
              .withAgent(
                  "otel.exporter.otlp.logs.endpoint=" + collector.url() + "/v1/chat/completions",
                  "otel.traces.exporter=none",
                  "otel.metrics.exporter=none")
              .argument(server.baseUrl())
              .run();
      assertThat(collector.requests()).isNotEmpty();
      assertThat(result.eachEvents("customer_id")).containsExactlyInAnyOrder(Calls.CUSTOMERS);
    }
  }

  /** Never closes its client and never ends its main thread's scope by hand. */
  public static final class LeavesItsClientOpen {
    public static void main(String[] arguments) throws Exception {
      OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(arguments[0]).build();
      Calls.okHttp(arguments[0]);
      System.exit(0);
    }
  }

  @Test
  void noThreadOfTheAgentsKeepsAJvmAlive() throws Exception {
    try (LoopbackOpenAi server = LoopbackOpenAi.start()) {
      Result result =
          AgentJvm.of(directory, LeavesItsClientOpen.class)
              .withAgent()
              .argument(server.baseUrl())
              .run();
      assertThat(result.exit()).isZero();
      assertThat(result.events()).hasSize(1);
    }
  }
}
