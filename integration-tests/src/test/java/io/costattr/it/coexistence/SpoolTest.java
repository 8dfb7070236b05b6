package io.costattr.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.it.AgentJvm;
import io.costattr.it.AgentJvm.Result;
import io.costattr.it.SpooledEvents;
import io.costattr.it.pipeline.Eventually;
import io.costattr.loopback.LoopbackOpenAi;
import io.costattr.loopback.WireServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of calls that were made while there was no collector. */
class SpoolTest {
  @TempDir Path directory;

  /** Makes its calls, says so, and stays. */
  public static final class Stays {
    public static void main(String[] arguments) throws Exception {
      Calls.all(arguments[0]);
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void whatAKilledProgramCalledIsSentByTheNextOne() throws Exception {
    Path first = Files.createDirectory(directory.resolve("first"));
    Path second = Files.createDirectory(directory.resolve("second"));
    String spool = "spool=" + directory.resolve("spool");
    try (LoopbackOpenAi server = LoopbackOpenAi.start();
        WireServer collector = WireServer.start((request, reply) -> reply.status(200).body(""))) {
      AgentJvm program =
          AgentJvm.of(first, Stays.class)
              .withAgent(spool, "service=shop", "otel.exporter.otlp.endpoint=" + deadEndpoint())
              .argument(server.baseUrl());
      Process process = program.start();
      Eventually.holds(
          "its events are on disk",
          () -> SpooledEvents.ids(directory.resolve("spool")).size() >= Calls.COUNT);
      process.destroyForcibly();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      List<String> lost = program.await(process).eachEvents("event_id");

      AgentJvm next =
          AgentJvm.of(second, Stays.class)
              .withAgent(
                  spool,
                  "service=shop",
                  "otel.exporter.otlp.endpoint=" + collector.url(),
                  "otel.traces.exporter=none",
                  "otel.metrics.exporter=none")
              .argument(server.baseUrl());
      Process nextProcess = next.start();
      assertThat(lost).hasSize(Calls.COUNT);
      Eventually.holds(
          "the next one sends them, and its own", () -> sent(collector).size() >= 2 * Calls.COUNT);
      nextProcess.destroy();
      assertThat(nextProcess.waitFor(1, TimeUnit.MINUTES)).isTrue();
      Result result = next.await(nextProcess);
      assertThat(result.err()).isEmpty();
      assertThat(sent(collector))
          .doesNotHaveDuplicates()
          .containsAll(lost)
          .containsAll(result.eachEvents("event_id"))
          .hasSize(2 * Calls.COUNT);
    }
  }

  private static List<String> sent(WireServer collector) {
    return collector.requests().stream()
        .flatMap(request -> SpooledEvents.ids(request.body()).stream())
        .toList();
  }

  private static String deadEndpoint() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }
}
