package io.costattr.export.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.config.Config;
import io.costattr.core.ledger.Ledger;
import io.costattr.export.Entries;
import io.costattr.export.Said;
import io.costattr.export.Sinks;
import io.grpc.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Collectors that are dead, slow, unwilling or lying. */
class OutageTest {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  /** The limit, and what a busy machine may add. */
  private static final Duration IN_TIME = Duration.ofSeconds(5);

  private final Said said = new Said();

  @AfterEach
  void restore() {
    said.close();
  }

  @Test
  void aDeadCollectorIsNamedOnceAndItsLossesAreCounted() throws Exception {
    Ledger ledger = ledger("otel.exporter.otlp.endpoint", "http://localhost:" + freePort());
    offer(ledger, 0, 2_000);
    closeInTime(ledger);
    assertThat(ledger.stats().lost()).containsEntry("otlp", 2_000L);
    assertThat(said.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("to the collector at http://localhost:", "connection refused"),
            line -> assertThat(line).contains("2000 lost by otlp, of 2000 in all"));
  }

  @Test
  void aCollectorThatNeverAnswersDoesNotHoldUpTheEnd() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      http.answers(HttpReceiver.NOTHING);
      Ledger ledger = ledger("otel.exporter.otlp.endpoint", http.url());
      offer(ledger, 0, 700);
      http.received().await(received -> received.requests() > 0);
      closeInTime(ledger);
      assertThat(ledger.stats().lost()).containsEntry("otlp", 700L);
      assertThat(said.lines())
          .satisfiesExactly(
              line -> assertThat(line).contains("it does not answer"),
              line -> assertThat(line).contains("700 lost by otlp, of 700 in all"));
    }
  }

  @Test
  void wrongCredentialsAreNamedAndNotTriedAgain() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      http.answers(HttpReceiver.status(401));
      Ledger ledger = ledger("otel.exporter.otlp.endpoint", http.url());
      offer(ledger, 0, 5);
      http.received().await(received -> received.requests() >= 2);
      offer(ledger, 5, 10);
      closeInTime(ledger);
      assertThat(ledger.stats().lost()).containsEntry("otlp", 10L);
      assertThat(said.lines())
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .contains("HTTP 401", "credentials", "OTEL_EXPORTER_OTLP_HEADERS"),
              line -> assertThat(line).contains("10 lost by otlp"));
    }
  }

  @Test
  void whatTheCollectorPutsOffIsSentWhenItSaid() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      http.answers(
          exchange -> {
            http.answers(HttpReceiver.OK);
            HttpReceiver.status(503, "Retry-After", "1").to(exchange);
          });
      Ledger ledger =
          ledger(
              "otel.exporter.otlp.endpoint", http.url(),
              "otel.traces.exporter", "none",
              "otel.metrics.exporter", "none");
      offer(ledger, 0, 100);
      http.received().await(received -> received.events().size() == 100);
      closeInTime(ledger);
      assertThat(ids(http)).hasSize(100);
      assertThat(ledger.stats().lost()).containsEntry("otlp", 0L);
      assertThat(said.lines()).isEmpty();
    }
  }

  @Test
  void aCollectorThatComesBackGetsWhatWasKept() throws Exception {
    int port = freePort();
    Ledger ledger =
        ledger(
            "otel.exporter.otlp.endpoint",
            "http://localhost:" + port,
            "otel.metrics.exporter",
            "none");
    offer(ledger, 0, 1_500);
    said.await("to the collector");
    offer(ledger, 1_500, 3_000);
    try (HttpReceiver http = new HttpReceiver(port)) {
      http.received()
          .await(received -> received.events().size() >= 3_000 && received.spans().size() >= 3_000);
      closeInTime(ledger);
      assertThat(ids(http)).hasSize(3_000);
      assertThat(ledger.stats().lost()).containsEntry("otlp", 0L);
      assertThat(said.lines())
          .satisfiesExactly(
              line -> assertThat(line).contains("connection refused"),
              line -> assertThat(line).contains("works again"));
    }
  }

  @Test
  void aFullQueueLosesAndCountsTheRest() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      http.answers(HttpReceiver.NOTHING);
      Ledger ledger =
          ledger(
              "otel.exporter.otlp.endpoint", http.url(),
              "otel.traces.exporter", "none",
              "otel.metrics.exporter", "none",
              "otel.blrp.max.queue.size", "100",
              "otel.blrp.max.export.batch.size", "50");
      offer(ledger, 0, 1_000);
      http.received().await(received -> received.requests() > 0);
      said.await("the queue of 100 is full");
      closeInTime(ledger);
      assertThat(ledger.stats().lost()).containsEntry("otlp", 1_000L);
    }
  }

  @Test
  void garbageForAnAnswerIsNamed() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread babbler =
          new Thread(
              () -> {
                while (!server.isClosed()) {
                  try (Socket socket = server.accept();
                      OutputStream out = socket.getOutputStream()) {
                    out.write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    // To the end: closed earlier, the client may see that before the answer.
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                  } catch (IOException e) {
                    // The next one.
                  }
                }
              });
      babbler.setDaemon(true);
      babbler.start();
      Ledger ledger =
          ledger("otel.exporter.otlp.endpoint", "http://localhost:" + server.getLocalPort());
      offer(ledger, 0, 5);
      said.await("to the collector");
      closeInTime(ledger);
      assertThat(said.lines().get(0)).contains("it does not speak the protocol", "220 mail");
      assertThat(ledger.stats().lost()).containsEntry("otlp", 5L);
    }
  }

  @Test
  void httpToAGrpcReceiverIsNamed() throws Exception {
    try (GrpcReceiver grpc = new GrpcReceiver()) {
      Ledger ledger = ledger("otel.exporter.otlp.endpoint", grpc.url());
      offer(ledger, 0, 5);
      said.await("to the collector");
      closeInTime(ledger);
      assertThat(said.lines().get(0)).contains("OTEL_EXPORTER_OTLP_PROTOCOL");
      assertThat(ledger.stats().lost()).containsEntry("otlp", 5L);
    }
  }

  @Test
  void grpcToAnHttpReceiverIsNamed() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      Ledger ledger =
          ledger("otel.exporter.otlp.endpoint", http.url(), "otel.exporter.otlp.protocol", "grpc");
      offer(ledger, 0, 5);
      said.await("to the collector");
      closeInTime(ledger);
      assertThat(said.lines().get(0)).contains("to the collector at " + http.url());
      assertThat(ledger.stats().lost()).containsEntry("otlp", 5L);
    }
  }

  @Test
  void aRefusalByGrpcIsNamed() throws Exception {
    try (GrpcReceiver grpc = new GrpcReceiver()) {
      grpc.answers(Status.UNAUTHENTICATED);
      Ledger ledger =
          ledger("otel.exporter.otlp.endpoint", grpc.url(), "otel.exporter.otlp.protocol", "grpc");
      offer(ledger, 0, 5);
      said.await("to the collector");
      closeInTime(ledger);
      assertThat(said.lines())
          .satisfiesExactly(
              line -> assertThat(line).contains("gRPC UNAUTHENTICATED", "credentials"),
              line -> assertThat(line).contains("5 lost by otlp"));
    }
  }

  private static Ledger ledger(String... keysAndValues) {
    Config config = Entries.config(keysAndValues);
    return Ledger.open(stats -> Sinks.open(config, stats), config);
  }

  private static void offer(Ledger ledger, int from, int to) {
    for (int i = from; i < to; i++) {
      String id = "e-" + i;
      assertThat(ledger.offer(() -> Entries.priced(id))).isTrue();
    }
  }

  private static void closeInTime(Ledger ledger) {
    long begin = System.nanoTime();
    ledger.close(LIMIT);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_TIME);
  }

  private static Set<Object> ids(HttpReceiver http) {
    List<Object> all = new ArrayList<>();
    http.received()
        .events()
        .forEach(
            event ->
                all.add(Received.attributes(event.getAttributesList()).get("costattr.event.id")));
    return new TreeSet<>(all);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
