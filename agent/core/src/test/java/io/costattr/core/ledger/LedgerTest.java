package io.costattr.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.AgentThread;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.attribution.Sources;
import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.ledger.Attempt.Outcome;
import io.costattr.core.price.Cost;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream err = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(err);
  }

  @Test
  void everyEntryReachesEverySinkInOrder() {
    Recorder one = new Recorder("one");
    Recorder two = new Recorder("two");
    Ledger ledger = Ledger.open(stats -> List.of(one, two), queue(4096));
    IntStream.range(0, 3000).forEach(i -> ledger.offer(() -> event("e" + i)));
    ledger.close(LIMIT);
    List<String> ids = IntStream.range(0, 3000).mapToObj(i -> "e" + i).toList();
    assertThat(one.ids).containsExactlyElementsOf(ids);
    assertThat(two.ids).containsExactlyElementsOf(ids);
    assertThat(one.closed).isTrue();
    assertThat(ledger.stats())
        .isEqualTo(new LedgerStats(3000, 0, 0, 0, Map.of("one", 0L, "two", 0L)));
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void settlesOnAThreadOfTheAgent() throws Exception {
    AtomicReference<Thread> settledOn = new AtomicReference<>();
    Recorder sink = new Recorder("one");
    Ledger ledger = Ledger.open(stats -> List.of(sink), queue(16));
    ledger.offer(
        () -> {
          settledOn.set(Thread.currentThread());
          return event("a");
        });
    assertThat(sink.ids.poll(20, TimeUnit.SECONDS)).isEqualTo("a");
    ledger.close(LIMIT);
    assertThat(settledOn.get()).isInstanceOf(AgentThread.class);
    assertThat(settledOn.get().isDaemon()).isTrue();
    assertThat(settledOn.get().getName()).isEqualTo("costattr-ledger");
  }

  @Test
  void opensTheSinksWithTheFirstEntryOnly() {
    AtomicReference<Thread> openedOn = new AtomicReference<>();
    Ledger.SinkFactory sinks =
        stats -> {
          openedOn.set(Thread.currentThread());
          return List.of();
        };
    Ledger.open(sinks, queue(16)).close(LIMIT);
    assertThat(openedOn.get()).isNull();
    Ledger used = Ledger.open(sinks, queue(16));
    used.offer(() -> event("a"));
    used.close(LIMIT);
    assertThat(openedOn.get().getName()).isEqualTo("costattr-ledger");
  }

  @Test
  void dropsAndCountsWhatDoesNotFit() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    Recorder sink = new Recorder("one");
    Ledger ledger = Ledger.open(stats -> List.of(sink), queue(8));
    ledger.offer(
        () -> {
          stuck.countDown();
          awaitQuietly(goOn);
          return event("first");
        });
    stuck.await();
    int taken = 0;
    for (int i = 0; i < 30; i++) {
      int number = i;
      taken += ledger.offer(() -> event("e" + number)) ? 1 : 0;
    }
    assertThat(taken).isEqualTo(8);
    assertThat(ledger.dropped()).isEqualTo(22);
    assertThat(ledger.stats().queued()).isEqualTo(8);
    goOn.countDown();
    ledger.close(LIMIT);
    assertThat(sink.ids).hasSize(9);
    assertThat(said.toString())
        .containsOnlyOnce("22 refused by the full or closed queue, of 31 in all");
  }

  @Test
  void anEntryThatCannotBeSettledCostsOnlyItself() {
    Recorder sink = new Recorder("one");
    Ledger ledger = Ledger.open(stats -> List.of(sink), queue(16));
    ledger.offer(() -> event("a"));
    ledger.offer(
        () -> {
          throw new StackOverflowError();
        });
    ledger.offer(() -> event("b"));
    ledger.close(LIMIT);
    assertThat(sink.ids).containsExactly("a", "b");
    assertThat(ledger.stats().errors()).isEqualTo(1);
    assertThat(said.toString()).contains("1 not settled, of 3 in all");
  }

  @Test
  void aFailingSinkIsCountedAndNamedOnceAndOthersGoOn() {
    Recorder good = new Recorder("good");
    Sink bad =
        new Recorder("bad sink of this test") {
          @Override
          public void accept(List<CostEvent> events) {
            throw new NoClassDefFoundError("gone");
          }
        };
    Ledger ledger = Ledger.open(stats -> List.of(bad, good), queue(2048));
    IntStream.range(0, 1500).forEach(i -> ledger.offer(() -> event("e" + i)));
    ledger.close(LIMIT);
    assertThat(good.ids).hasSize(1500);
    assertThat(ledger.stats().lost()).containsEntry("bad sink of this test", 1500L);
    assertThat(said.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("bad sink of this test failed", "gone"),
            line -> assertThat(line).contains("1500 lost by bad sink of this test, of 1500"));
  }

  @Test
  void entriesAreCountedWhenNoSinkCanBeOpened() {
    Ledger ledger =
        Ledger.open(
            stats -> {
              throw new IllegalStateException("no sinks today");
            },
            queue(16));
    ledger.offer(() -> event("a"));
    ledger.close(LIMIT);
    assertThat(said.toString()).contains("no sinks today", "1 lost by missing sinks, of 1 in all");
  }

  @Test
  void closingReturnsThoughASinkHangs() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch inSink = new CountDownLatch(1);
    Sink hanging =
        new Recorder("hanging") {
          @Override
          public void accept(List<CostEvent> events) {
            inSink.countDown();
            awaitQuietly(never);
          }
        };
    Ledger ledger = Ledger.open(stats -> List.of(hanging), queue(16));
    ledger.offer(() -> event("a"));
    inSink.await();
    ledger.offer(() -> event("b"));
    ledger.close(Duration.ofMillis(50));
    assertThat(said.toString()).contains("2 still waiting, of 2 in all");
    assertThat(ledger.offer(() -> event("c"))).isFalse();
    never.countDown();
  }

  @Test
  void refusesWhatComesAfterTheEndAndASecondCloseChangesNothing() {
    Recorder sink = new Recorder("one");
    Ledger ledger = Ledger.open(stats -> List.of(sink), queue(16));
    ledger.offer(() -> event("a"));
    ledger.close(LIMIT);
    ledger.close(LIMIT);
    assertThat(ledger.offer(() -> event("late"))).isFalse();
    assertThat(ledger.dropped()).isEqualTo(1);
    assertThat(sink.ids).containsExactly("a");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Config queue(int size) {
    return ConfigReader.read("queue.size=" + size, new Properties(), Map.of());
  }

  private static CostEvent event(String id) {
    Attempt attempt =
        new Attempt(
            id,
            id,
            1,
            Instant.EPOCH,
            1,
            null,
            "openai",
            "chat",
            null,
            null,
            null,
            null,
            false,
            null,
            null,
            null,
            null,
            200,
            null,
            Outcome.COMPLETED,
            "localhost",
            80,
            "test",
            null,
            null);
    ResolvedAttribution who =
        new ResolvedAttribution("f", "r", "c", "t", "e", Map.of(), Set.of(), Sources.NONE);
    return new CostEvent(attempt, who, null, Cost.NOTHING);
  }

  private static class Recorder implements Sink {
    final BlockingQueue<String> ids = new LinkedBlockingQueue<>();
    private final String name;
    volatile boolean closed;

    Recorder(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void accept(List<CostEvent> events) {
      events.forEach(event -> ids.add(event.attempt().eventId()));
    }

    @Override
    public void flush() {}

    @Override
    public void close(Duration limit) {
      closed = true;
    }
  }
}
