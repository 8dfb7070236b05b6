package io.costattr.it.versions;

import java.util.List;
import java.util.Map;

/** Libraries that give messages to an application's listeners. */
final class Listeners {
  static final Library KAFKA =
      new Library(
              "spring-kafka",
              "org.springframework.kafka:spring-kafka",
              "kafka",
              List.of("2.8.0", "3.3.10", "4.1.2"),
              Map.of())
          .remark("`@KafkaListener` and containers; of a batch from several topics no route");

  static final Library RABBIT =
      new Library(
              "amqp-client",
              "com.rabbitmq:amqp-client",
              "rabbit",
              List.of("5.0.0", "5.16.1", "5.37.1"),
              Map.of())
          .remark("consumers and callbacks of `basicConsume`");

  static final Library SPRING_RABBIT =
      new Library(
              "spring-rabbit",
              "org.springframework.amqp:spring-rabbit",
              "rabbitspring",
              List.of("2.4.0", "3.2.8", "4.1.2"),
              Map.of())
          .remark("`@RabbitListener` and containers; of a batch from several queues no route");

  static final List<Library> ALL = List.of(KAFKA, RABBIT, SPRING_RABBIT);

  /** A broker, and what Maven fetches for it. */
  record BrokerKind(String program, List<String> coordinates) {}

  private static final BrokerKind KAFKA_BROKER =
      new BrokerKind("kafka", List.of("org.springframework.kafka:spring-kafka-test:4.0.7"));
  private static final BrokerKind RABBIT_BROKER =
      new BrokerKind(
          "rabbit",
          List.of(
              "org.apache.qpid:qpid-broker-core:10.1.0",
              "org.apache.qpid:qpid-broker-plugins-amqp-0-8-protocol:10.1.0",
              "org.apache.qpid:qpid-broker-plugins-memory-store:10.1.0"));

  private Listeners() {}

  /** Where its messages come from. */
  static BrokerKind broker(Library library) {
    return library == KAFKA ? KAFKA_BROKER : RABBIT_BROKER;
  }
}
