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

  /** With both of ActiveMQ's clients, in versions that go together. */
  static final Library JMS =
      new Library(
              "spring-jms",
              "org.springframework:spring-jms",
              "jms",
              List.of("5.3.39", "6.2.19", "7.0.10"),
              Map.of())
          .besides(
              version ->
                  switch (version) {
                    case "5.3.39" -> jms(version, "artemis-jms-client:2.17.0", "5.16.7");
                    case "6.2.19" -> jms(version, "artemis-jakarta-client:2.31.2", "6.1.8");
                    default -> jms(version, "artemis-jakarta-client:2.44.0", "6.3.1");
                  })
          .adapted(
              (source, version) ->
                  version.startsWith("5.") ? source : source.replace("javax.jms", "jakarta.jms"))
          .onNetty()
          .remark(
              "`@JmsListener` and containers, and message listeners of `artemis-jms-client` 2.17.0,"
                  + " `artemis-jakarta-client` 2.31.2 and 2.44.0, and `activemq-client` 5.16.7,"
                  + " 6.1.8 and 6.3.1");

  static final Library SQS =
      new Library(
              "spring-cloud-aws",
              "io.awspring.cloud:spring-cloud-aws-sqs",
              "sqs",
              List.of("3.0.0", "3.4.2", "4.1.0"),
              Map.of())
          // Which of its versions is for the application to choose.
          .besides(version -> List.of("com.fasterxml.jackson.core:jackson-databind:2.21.1"))
          .onNetty()
          .remark("`@SqsListener`: blocking, asynchronous and for batches");

  static final List<Library> ALL = List.of(KAFKA, RABBIT, SPRING_RABBIT, JMS, SQS);

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

  private static final BrokerKind JMS_BROKER =
      new BrokerKind(
          "jms",
          List.of(
              "org.apache.activemq:artemis-server:2.44.0",
              "org.apache.activemq:artemis-openwire-protocol:2.44.0"));
  private static final BrokerKind SQS_BROKER =
      new BrokerKind("sqs", List.of("org.elasticmq:elasticmq-rest-sqs_2.13:1.6.11"));

  private Listeners() {}

  private static List<String> jms(String spring, String artemis, String classic) {
    return List.of(
        "org.springframework:spring-context:" + spring,
        "org.apache.activemq:" + artemis,
        "org.apache.activemq:activemq-client:" + classic);
  }

  /** Where its messages come from. */
  static BrokerKind broker(Library library) {
    return switch (library.program()) {
      case "kafka" -> KAFKA_BROKER;
      case "jms" -> JMS_BROKER;
      case "sqs" -> SQS_BROKER;
      default -> RABBIT_BROKER;
    };
  }
}
