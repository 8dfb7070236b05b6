package io.costattr.advice.serving;

import org.jspecify.annotations.Nullable;

/**
 * A message of JMS, of either namespace, by its destination: asked for by a model call only. A
 * temporary queue's or topic's name was made up for it.
 */
final class JmsReceived extends Received {
  private final Object message;

  JmsReceived(Object message) {
    this.message = message;
  }

  @Override
  @Nullable String from() {
    try {
      return Jakarta.isMessage(message) ? Jakarta.name(message) : Javax.name(message);
    } catch (LinkageError noJakarta) {
      return Javax.name(message);
    }
  }

  private static final class Jakarta {
    static boolean isMessage(Object message) {
      return message instanceof jakarta.jms.Message;
    }

    static @Nullable String name(Object message) {
      try {
        jakarta.jms.Destination destination = ((jakarta.jms.Message) message).getJMSDestination();
        if (destination instanceof jakarta.jms.TemporaryQueue
            || destination instanceof jakarta.jms.TemporaryTopic) {
          return null;
        }
        return destination instanceof jakarta.jms.Queue queue
            ? queue.getQueueName()
            : destination instanceof jakarta.jms.Topic topic ? topic.getTopicName() : null;
      } catch (jakarta.jms.JMSException unknown) {
        return null;
      }
    }
  }

  private static final class Javax {
    static @Nullable String name(Object message) {
      try {
        if (!(message instanceof javax.jms.Message known)) {
          return null;
        }
        javax.jms.Destination destination = known.getJMSDestination();
        if (destination instanceof javax.jms.TemporaryQueue
            || destination instanceof javax.jms.TemporaryTopic) {
          return null;
        }
        return destination instanceof javax.jms.Queue queue
            ? queue.getQueueName()
            : destination instanceof javax.jms.Topic topic ? topic.getTopicName() : null;
      } catch (javax.jms.JMSException unknown) {
        return null;
      }
    }
  }
}
