package io.costattr.weaving;

/**
 * Where a message is given to an application's listener. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: spring-kafka 2.8 to 4.1.
 */
final class ListenerTargets {
  private static final String ADVICE = "io.costattr.advice.serving.";

  static final Target[] ALL = {
    new Target(
        "org/springframework/kafka/listener/KafkaMessageListenerContainer$ListenerConsumer",
        "spring-kafka",
        new Hook(
            "doInvokeOnMessage",
            "(Lorg/apache/kafka/clients/consumer/ConsumerRecord;)V",
            ADVICE + "KafkaRecordAdvice"),
        new Hook(
            "doInvokeBatchOnMessage",
            "(Lorg/apache/kafka/clients/consumer/ConsumerRecords;Ljava/util/List;)V",
            ADVICE + "KafkaBatchAdvice")),
  };

  private ListenerTargets() {}
}
