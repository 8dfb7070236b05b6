package io.costattr.weaving;

/**
 * Where a message is given to an application's listener. Plain data, as {@link Targets}.
 *
 * <p>Names and descriptors were read off the libraries' own class files: spring-kafka 2.8 to 4.1,
 * amqp-client 5.0 to 5.37, spring-rabbit 2.4 to 4.1, Artemis' clients 2.17 to 2.44, ActiveMQ's 5.16
 * to 6.3, spring-jms 5.3 to 7.0, Spring Cloud AWS 3.0 to 4.1.
 */
final class ListenerTargets {
  private static final String ADVICE = "io.costattr.advice.serving.";
  private static final String RABBIT = "com/rabbitmq/client/";
  private static final String RABBIT_CONSUMER = "(L" + RABBIT + "Consumer;Ljava/lang/String;";

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
    new Target(
        RABBIT + "impl/ConsumerDispatcher",
        "RabbitMQ's client",
        new Hook(
            "handleDelivery",
            RABBIT_CONSUMER + "L" + RABBIT + "Envelope;L" + RABBIT + "AMQP$BasicProperties;[B)V",
            ADVICE + "RabbitDeliveryAdvice"),
        new Hook(
            "executeUnlessShuttingDown", "(Ljava/lang/Runnable;)V", ADVICE + "RabbitWorkAdvice"),
        new Hook("handleConsumeOk", RABBIT_CONSUMER + ")V", ADVICE + "RabbitConfirmedAdvice"),
        new Hook(
            "handleCancel|handleCancelOk",
            RABBIT_CONSUMER + ")V",
            ADVICE + "RabbitCancelledAdvice")),
    new Target(
        RABBIT + "impl/ChannelN",
        "RabbitMQ's client",
        new Hook(
            "basicConsume",
            "(Ljava/lang/String;ZLjava/lang/String;ZZLjava/util/Map;L"
                + RABBIT
                + "Consumer;)Ljava/lang/String;",
            ADVICE + "RabbitConsumeAdvice")),
    new Target(
        "org/springframework/amqp/rabbit/listener/AbstractMessageListenerContainer",
        "spring-rabbit",
        new Hook(
            "invokeListener",
            "(L" + RABBIT + "Channel;Ljava/lang/Object;)V",
            ADVICE + "SpringRabbitAdvice")),
    new Target(
        "org/apache/activemq/artemis/jms/client/JMSMessageListenerWrapper",
        "Artemis' JMS client",
        new Hook(
            "onMessage",
            "(Lorg/apache/activemq/artemis/api/core/client/ClientMessage;)V",
            ADVICE + "ArtemisAdvice")),
    new Target(
        "org/apache/activemq/ActiveMQMessageConsumer",
        "ActiveMQ's JMS client",
        new Hook(
            "dispatch",
            "(Lorg/apache/activemq/command/MessageDispatch;)V",
            ADVICE + "ActiveMqAdvice")),
    // Of either namespace.
    new Target(
        "org/springframework/jms/listener/AbstractMessageListenerContainer",
        "spring-jms",
        new Hook("invokeListener", "(*", ADVICE + "SpringJmsAdvice")),
    new Target(
        "io/awspring/cloud/sqs/listener/pipeline/MessageListenerExecutionStage",
        "Spring Cloud AWS",
        new Hook("process", "(Lorg/springframework/messaging/Message;*", ADVICE + "SqsAdvice"),
        new Hook("process", "(Ljava/util/Collection;*", ADVICE + "SqsAdvice")),
  };

  private ListenerTargets() {}
}
