package io.costattr.export.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.config.Config;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.Ledger;
import io.costattr.export.Entries;
import io.costattr.export.Said;
import io.costattr.export.Sinks;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Collectors that are dead, slow, unwilling or lying, and a spool to keep what they do not take.
 */
@DisabledIfSystemProperty(
    named = "costattr.test.builds",
    matches = "false",
    disabledReason = "minutes of waiting, of which no part depends on the JDK")
class SpooledOutageTest {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  @TempDir Path directory;
  private final Said said = new Said();

  @AfterEach
  void restore() {
    said.close();
  }

  @Test
  void anOutageThatIsLongerThanTheQueueLosesNothing() throws Exception {
    int port = freePort();
    Ledger ledger = ledger(port, "otel.blrp.max.queue.size", "100");
    offer(ledger, 0, 3_000);
    said.await("connection refused");
    try (HttpReceiver http = new HttpReceiver(port)) {
      http.received().await(received -> received.events().size() >= 3_000);
      ledger.close(LIMIT);
      assertThat(sorted(ids(http))).isEqualTo(sorted(names(0, 3_000)));
    }
    assertThat(ledger.stats().lost()).containsEntry("otlp", 0L);
    assertThat(said.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("connection refused"),
            line -> assertThat(line).contains("works again"));
    assertThat(files()).isEmpty();
  }

  @Test
  void whatThereIsNoRoomForIsDroppedOldestFirstAndCounted() throws Exception {
    int port = freePort();
    Ledger ledger =
        ledger(
            port,
            "otel.blrp.max.queue.size",
            "100",
            "otel.metrics.exporter",
            "otlp",
            "otel.metric.export.interval",
            "300",
            "spool.max.bytes",
            "1000000");
    offer(ledger, 0, 3_000);
    said.await("is full (976 KB, costattr.spool.max.bytes): the oldest");
    said.await("connection refused");
    try (HttpReceiver http = new HttpReceiver(port)) {
      http.received()
          .await(
              received ->
                  received.has("costattr.agent.spool.events")
                      && received.gauge("costattr.agent.spool.events") == 0
                      && received.gauge("costattr.agent.spool.size") < 100_000);
      ledger.close(LIMIT);
      long dropped =
          http.received().metric("costattr.agent.dropped").getSum().getDataPointsList().stream()
              .filter(
                  point -> Received.attributes(point.getAttributesList()).containsValue("spool"))
              .mapToLong(NumberDataPoint::getAsInt)
              .sum();
      List<String> ids = ids(http);
      assertThat(dropped).isBetween(1_500L, 2_900L).isEqualTo(3_000 - ids.size());
      assertThat(ids).doesNotHaveDuplicates();
      // The first batch was in hand all the while.
      assertThat(sorted(ids.subList(100, ids.size()))).doesNotContain("e-100", "e-600", "e-1000");
      assertThat(said.lines().toString()).contains(dropped + " events dropped from the spool");
    }
    assertThat(ledger.stats().lost()).containsEntry("otlp", 0L);
  }

  @Test
  void whatComesNowIsNotHeldUpByWhatWasKept() throws Exception {
    int port = freePort();
    Ledger ledger =
        ledger(port, "otel.blrp.max.queue.size", "64", "otel.blrp.max.export.batch.size", "32");
    offer(ledger, 0, 1_000);
    said.await("connection refused");
    try (HttpReceiver http = new HttpReceiver(port)) {
      http.received().await(received -> received.events().size() >= 1_000);
      assertThat(sorted(ids(http))).isEqualTo(sorted(names(0, 1_000)));
      assertThat(ids(http).indexOf("e-999")).isLessThan(500);
      // 904 of them were kept on disk, and the collector has not all of them at once.
      List<Long> arrivals = http.received().eventArrivals();
      assertThat(arrivals.get(arrivals.size() - 1) - arrivals.get(0)).isGreaterThan(2_000_000_000L);
    } finally {
      ledger.close(LIMIT);
    }
  }

  @Test
  void theNextRunSendsWhatOneLeft() throws Exception {
    CostEvent[] events = {
      Entries.priced("e-0"), Entries.unpriced("e-1"), Entries.guarded("e-2"),
      Entries.withCacheWrite("e-3"), Entries.contradictory("e-4"), Entries.batchLine("e-5")
    };
    List<LogRecord> direct;
    try (HttpReceiver http = new HttpReceiver()) {
      Ledger ledger = ledger(http.port());
      offer(ledger, events);
      http.received().await(received -> received.events().size() >= events.length + 1);
      ledger.close(LIMIT);
      direct = http.received().events();
    }
    Ledger first = ledger(freePort());
    offer(first, events);
    first.close(LIMIT);
    assertThat(first.stats().lost()).containsEntry("otlp", 0L);
    assertThat(said.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("connection refused"),
            line ->
                assertThat(line).contains("7 events", "kept in " + directory, "costattr.spool"));
    try (HttpReceiver http = new HttpReceiver()) {
      Ledger second = ledger(http.port());
      offer(second, 6, 7);
      http.received().await(received -> received.events().size() >= events.length + 2);
      second.close(LIMIT);
      List<LogRecord> later = new ArrayList<>(http.received().events());
      later.removeIf(event -> id(event).equals("e-6"));
      assertThat(later.stream().map(SpooledOutageTest::withoutObservedTime))
          .containsExactlyElementsOf(
              direct.stream().map(SpooledOutageTest::withoutObservedTime).toList());
      assertThat(later).allMatch(event -> event.getObservedTimeUnixNano() > 0);
      assertThat(http.received().eventResource()).containsEntry("service.name", "shop");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void eachRunOfABrokenOneAddsToWhatIsKept() throws Exception {
    int port = freePort();
    for (int run = 0; run < 3; run++) {
      Ledger ledger = ledger(port);
      offer(ledger, run * 10, run * 10 + 10);
      ledger.close(LIMIT);
    }
    try (HttpReceiver http = new HttpReceiver(port)) {
      Ledger ledger = ledger(port);
      offer(ledger, 30, 31);
      http.received().await(received -> received.events().size() >= 31);
      ledger.close(LIMIT);
      assertThat(sorted(ids(http))).isEqualTo(sorted(names(0, 31)));
      assertThat(ids(http).get(0)).isEqualTo("e-30");
    }
  }

  @Test
  void ofAnotherServiceOrEnvironmentNothingIsSent() throws Exception {
    Ledger first = ledger(freePort());
    offer(first, 0, 10);
    first.close(LIMIT);
    try (HttpReceiver http = new HttpReceiver()) {
      Ledger other = ledger(http.port(), "service", "other");
      offer(other, 10, 11);
      http.received().await(received -> received.events().size() >= 1);
      other.close(LIMIT);
      Ledger staging =
          ledger(http.port(), "otel.resource.attributes", "deployment.environment.name=staging");
      offer(staging, 11, 12);
      http.received().await(received -> received.events().size() >= 2);
      staging.close(LIMIT);
      assertThat(ids(http)).containsExactly("e-10", "e-11");
    }
    assertThat(files()).hasSize(1);
  }

  @Test
  void nothingStaysOnDiskWhenAllIsWell() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      Ledger ledger = ledger(http.port());
      offer(ledger, 0, 2_000);
      http.received().await(received -> received.events().size() >= 2_000);
      ledger.close(LIMIT);
      assertThat(ids(http)).containsExactlyElementsOf(names(0, 2_000));
    }
    assertThat(files()).isEmpty();
    assertThat(said.lines()).isEmpty();
  }

  @Test
  void wrongCredentialsKeepWhatIsSentWhenTheyAreRight() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      http.answers(HttpReceiver.status(401));
      Ledger ledger = ledger(http.port());
      offer(ledger, 0, 5);
      said.await("HTTP 401");
      http.answers(HttpReceiver.OK);
      http.received().await(received -> received.events().size() >= 5);
      ledger.close(LIMIT);
      assertThat(ids(http)).containsExactlyElementsOf(names(0, 5));
      assertThat(ledger.stats().lost()).containsEntry("otlp", 0L);
      assertThat(said.lines())
          .satisfiesExactly(
              line -> assertThat(line).contains("HTTP 401", "credentials"),
              line -> assertThat(line).contains("works again"));
    }
  }

  @Test
  void aBatchThatIsTooBigIsSentInParts() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      http.takesAtMost(64 * 1024);
      Ledger ledger = ledger(http.port());
      offer(ledger, 0, 100);
      http.received().await(received -> received.events().size() >= 100);
      ledger.close(LIMIT);
      assertThat(ids(http)).containsExactlyElementsOf(names(0, 100));
      assertThat(ledger.stats().lost()).containsEntry("otlp", 0L);
      assertThat(said.lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aCollectorThatSaysWhenIsNotAskedBefore(int status) throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      List<Long> asked = new CopyOnWriteArrayList<>();
      http.answers(
          exchange -> {
            asked.add(System.nanoTime());
            HttpReceiver.status(status, "Retry-After", "3").to(exchange);
          });
      Ledger ledger =
          ledger(
              http.port(), "otel.exporter.otlp.timeout", "1000", "otel.blrp.max.queue.size", "100");
      offer(ledger, 0, 2_000);
      http.received().await(received -> received.requests() >= 2);
      http.answers(HttpReceiver.OK);
      http.received().await(received -> received.events().size() >= 2_000);
      ledger.close(LIMIT);
      assertThat(asked.get(1) - asked.get(0)).isGreaterThan(2_900_000_000L);
      assertThat(sorted(ids(http))).isEqualTo(sorted(names(0, 2_000)));
      assertThat(said.lines())
          .satisfiesExactly(
              line -> assertThat(line).contains("HTTP " + status),
              line -> assertThat(line).contains("works again"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatACollectorRejectsOfWhatItTakesIsCounted(boolean grpc) throws Exception {
    byte[] answer =
        ExportLogsServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportLogsPartialSuccess.newBuilder()
                    .setRejectedLogRecords(3)
                    .setErrorMessage("of the wrong colour"))
            .build()
            .toByteArray();
    try (HttpReceiver http = new HttpReceiver();
        GrpcReceiver over = new GrpcReceiver()) {
      http.accepts(answer);
      over.accepts(answer);
      Ledger ledger =
          ledger(
              grpc ? over.port() : http.port(),
              "otel.exporter.otlp.protocol",
              grpc ? "grpc" : "http/protobuf");
      offer(ledger, 0, 10);
      (grpc ? over.received() : http.received()).await(got -> got.events().size() >= 10);
      ledger.close(LIMIT);
      assertThat(ledger.stats().lost()).containsEntry("otlp", 3L);
      assertThat(said.lines()).allMatch(line -> !line.contains("colour"));
      assertThat(said.lines().toString()).contains("3 lost by otlp, of 10 in all");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aSlowCollectorLosesNothing() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      CountDownLatch slow = new CountDownLatch(1);
      http.answers(
          exchange -> {
            slow.await();
            HttpReceiver.status(503).to(exchange);
          });
      Ledger ledger = ledger(http.port(), "otel.blrp.max.queue.size", "600");
      offer(ledger, 0, 2_500);
      http.received().await(received -> received.requests() >= 1);
      http.answers(HttpReceiver.OK);
      slow.countDown();
      http.received().await(received -> received.events().size() >= 2_500);
      ledger.close(LIMIT);
      assertThat(sorted(ids(http))).isEqualTo(sorted(names(0, 2_500)));
      assertThat(ledger.stats().lost()).containsEntry("otlp", 0L);
    }
  }

  @Test
  void aBatchThatIsRefusedForEverIsLostAndCounted() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      http.answers(HttpReceiver.status(400));
      Ledger ledger = ledger(http.port());
      offer(ledger, 0, 5);
      said.await("HTTP 400");
      http.answers(HttpReceiver.OK);
      offer(ledger, 5, 10);
      http.received().await(received -> received.events().size() >= 5);
      ledger.close(LIMIT);
      assertThat(ids(http)).containsExactlyElementsOf(names(5, 10));
      assertThat(ledger.stats().lost()).containsEntry("otlp", 5L);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void whatACollectorThatHangsDoesNotTakeIsKeptAtTheEnd() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      http.answers(HttpReceiver.NOTHING);
      Ledger ledger = ledger(http.port());
      offer(ledger, 0, 1_000);
      http.received().await(received -> received.requests() > 0);
      ledger.close(LIMIT);
      assertThat(ledger.stats().lost()).containsEntry("otlp", 0L);
      assertThat(said.lines().toString()).contains("1000 events");
    }
    try (HttpReceiver http = new HttpReceiver()) {
      Ledger ledger = ledger(http.port());
      offer(ledger, 1_000, 1_001);
      http.received().await(received -> received.events().size() >= 1_001);
      ledger.close(LIMIT);
      assertThat(sorted(ids(http))).isEqualTo(sorted(names(0, 1_001)));
    }
  }

  @Test
  void aDirectoryThatCannotBeUsedIsNamedOnlyWhenItIsNeeded() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");
    try (HttpReceiver http = new HttpReceiver()) {
      Ledger well = ledger(http.port(), "spool", file.toString());
      offer(well, 0, 10);
      http.received().await(received -> received.events().size() >= 10);
      well.close(LIMIT);
      assertThat(ids(http)).hasSize(10);
      assertThat(said.lines()).isEmpty();
    }
    Ledger ill = ledger(freePort(), "spool", file.toString());
    offer(ill, 0, 10);
    said.await("connection refused");
    said.await("costattr.spool");
    ill.close(LIMIT);
    assertThat(ill.stats().lost()).containsEntry("otlp", 10L);
    assertThat(said.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("connection refused"),
            line -> assertThat(line).contains("cannot be kept on disk", "it is not a directory"),
            line -> assertThat(line).contains("10 lost by otlp"));
  }

  @Test
  void offMeansThatNothingIsWritten() throws Exception {
    Ledger ledger = ledger(freePort(), "spool", "off");
    offer(ledger, 0, 10);
    ledger.close(LIMIT);
    assertThat(ledger.stats().lost()).containsEntry("otlp", 10L);
    assertThat(files()).isEmpty();
  }

  private Ledger ledger(int port, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "otel.exporter.otlp.endpoint", "http://localhost:" + port,
                "otel.traces.exporter", "none",
                "otel.metrics.exporter", "none",
                "spool", directory.toString(),
                "service", "shop"));
    all.addAll(Arrays.asList(more));
    Config config = Entries.config(all.toArray(String[]::new));
    return Ledger.open(stats -> Sinks.open(config, stats), config);
  }

  private static void offer(Ledger ledger, CostEvent... events) {
    for (CostEvent event : events) {
      ledger.offer(() -> event);
    }
  }

  private static void offer(Ledger ledger, int from, int to) {
    for (int i = from; i < to; i++) {
      String id = "e-" + i;
      assertThat(ledger.offer(() -> Entries.priced(id))).isTrue();
    }
  }

  private static List<String> ids(HttpReceiver http) {
    return http.received().events().stream().map(SpooledOutageTest::id).toList();
  }

  private static String id(LogRecord event) {
    return Received.attributes(event.getAttributesList()).get("costattr.event.id").toString();
  }

  private static LogRecord withoutObservedTime(LogRecord event) {
    return event.toBuilder().clearObservedTimeUnixNano().build();
  }

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "e-" + i).toList();
  }

  private static List<String> sorted(List<String> ids) {
    return ids.stream().sorted().toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
