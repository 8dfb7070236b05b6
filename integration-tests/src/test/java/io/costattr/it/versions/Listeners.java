package io.costattr.it.versions;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Libraries that give messages to an application's listeners. */
final class Listeners {
  static final Library KAFKA =
      new Library(
              "spring-kafka",
              "org.springframework.kafka:spring-kafka",
              "kafka",
              List.of("2.8.0", "3.3.10", "4.1.1"),
              Map.of())
          .remark("`@KafkaListener` and containers; of a batch from several topics no route");

  static final List<Library> ALL = List.of(KAFKA);

  private static final Map<Library, String> BROKERS =
      Map.of(KAFKA, "org.springframework.kafka:spring-kafka-test:4.0.7");

  private Listeners() {}

  /** What Maven fetches for the broker that its programs are given. */
  static String broker(Library library) {
    return Objects.requireNonNull(BROKERS.get(library), library.name());
  }
}
