package io.costattr.export.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.config.Config;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.Ledger;
import io.costattr.export.Entries;
import io.costattr.export.Said;
import io.costattr.export.Sinks;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collectors that are dead, slow, unwilling or lying, and a spool to keep what they do not take. */
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
    offer(ledger, 0, 5_000);
    awaitLine("connection refused");
    try (HttpReceiver http = new HttpReceiver(port)) {
      http.received().await(received -> received.events().size() >= 5_000);
      ledger.close(LIMIT);
      assertThat(ids(http)).containsExactlyInAnyOrderElementsOf(names(0, 5_000));
    }
    assertThat(ledger.stats().lost()).containsEntry("otlp", 0L);
    assertThat(said.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("connection refused"),
            line -> assertThat(line).contains("works again"));
    assertThat(files()).isEmpty();
  }

  @Test
  void whatComesNowIsNotHeldUpByWhatWasKept() throws Exception {
    int port = freePort();
    Ledger ledger =
        ledger(
            port, "otel.blrp.max.queue.size", "64", "otel.blrp.max.export.batch.size", "32");
    offer(ledger, 0, 1_000);
    awaitLine("connection refused");
    try (HttpReceiver http = new HttpReceiver(port)) {
      http.received().await(received -> received.events().size() >= 64 + 32);
      assertThat(ids(http).subList(0, 96)).contains("e-999");
      http.received().await(received -> received.events().size() >= 1_000);
      assertThat(ids(http)).containsExactlyInAnyOrderElementsOf(names(0, 1_000));
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
      send(ledger(http.port()), events);
      direct = http.received().events();
    }
    Ledger first = ledger(freePort());
    send(first, events);
    assertThat(first.stats().lost()).containsEntry("otlp", 0L);
    assertThat(said.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("connection refused"),
            line ->
                assertThat(line)
                    .contains("7 events", "are kept in " + directory, "costattr.spool"));
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
      assertThat(ids(http)).containsExactlyInAnyOrderElementsOf(names(0, 31));
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
      awaitLine("HTTP 401");
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
      offer(ledger, 0, 600);
      http.received().await(received -> received.events().size() >= 600);
      ledger.close(LIMIT);
      assertThat(ids(http)).containsExactlyElementsOf(names(0, 600));
      assertThat(ledger.stats().lost()).containsEntry("otlp", 0L);
      assertThat(said.lines()).isEmpty();
    }
  }

  @Test
  void aBatchThatIsRefusedForEverIsLostAndCounted() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      http.answers(HttpReceiver.status(400));
      Ledger ledger = ledger(http.port());
      offer(ledger, 0, 5);
      awaitLine("HTTP 400");
      http.answers(HttpReceiver.OK);
      offer(ledger, 5, 10);
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
      assertThat(ids(http)).containsExactlyInAnyOrderElementsOf(names(0, 1_001));
    }
  }

  @Test
  void aDirectoryThatCannotBeUsedIsNamedOnlyWhenItIsNeeded() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");
    try (HttpReceiver http = new HttpReceiver()) {
      Ledger well = ledger(http.port(), "spool", file.toString());
      offer(well, 0, 10);
      well.close(LIMIT);
      assertThat(ids(http)).hasSize(10);
      assertThat(said.lines()).isEmpty();
    }
    Ledger ill = ledger(freePort(), "spool", file.toString());
    offer(ill, 0, 10);
    awaitLine("connection refused");
    awaitLine("costattr.spool");
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

  private static void send(Ledger ledger, CostEvent... events) {
    for (CostEvent event : events) {
      ledger.offer(() -> event);
    }
    ledger.close(LIMIT);
  }

  private static void offer(Ledger ledger, int from, int to) {
    for (int i = from; i < to; i++) {
      String id = "e-" + i;
      assertThat(ledger.offer(() -> Entries.priced(id))).isTrue();
    }
  }

  private void awaitLine(String text) {
    while (!said.lines().toString().contains(text)) {
      Thread.onSpinWait();
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
