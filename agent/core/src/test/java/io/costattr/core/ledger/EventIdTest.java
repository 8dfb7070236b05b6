package io.costattr.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventIdTest {

  @Test
  void isAUuidOfVersion7WithTheTimeInFront() {
    long before = System.currentTimeMillis();
    String id = EventId.next();
    long after = System.currentTimeMillis();
    UUID uuid = UUID.fromString(id);
    assertThat(uuid).hasToString(id);
    assertThat(uuid.version()).isEqualTo(7);
    assertThat(uuid.variant()).isEqualTo(2);
    // Earlier tests of this JVM may have counted past the clock, by a millisecond for 4096 ids.
    assertThat(uuid.getMostSignificantBits() >>> 16).isBetween(before, after + 1000);
  }

  @Test
  void whatCanBeToldTwiceHasOneId() {
    Instant at = Instant.ofEpochSecond(1_795_000_000);
    String id = EventId.of(at, "openai/batch/batch_req_1");
    assertThat(EventId.of(at, "openai/batch/batch_req_1")).isEqualTo(id);
    assertThat(EventId.of(at, "openai/batch/batch_req_2")).isNotEqualTo(id);
    UUID uuid = UUID.fromString(id);
    assertThat(uuid.version()).isEqualTo(8);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(at.toEpochMilli());
  }

  @Test
  void ascendsEvenWhenManyAreMadeInOneMillisecond() {
    List<String> ids = Stream.generate(EventId::next).limit(50_000).toList();
    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void isNeverMadeTwiceByManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<List<String>> make = () -> Stream.generate(EventId::next).limit(20_000).toList();
      Set<String> all = new HashSet<>();
      for (Future<List<String>> made : threads.invokeAll(List.of(make, make, make, make))) {
        assertThat(made.get()).isSorted();
        all.addAll(made.get());
      }
      assertThat(all).hasSize(80_000);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void differsInItsRandomBits() {
    Set<String> tails = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      tails.add(EventId.next().substring(19));
    }
    assertThat(tails).hasSize(10_000);
  }
}
