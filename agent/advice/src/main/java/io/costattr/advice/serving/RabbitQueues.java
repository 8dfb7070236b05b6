package io.costattr.advice.serving;

import com.rabbitmq.client.Channel;
import io.costattr.core.exchange.WeakIdentityMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The queues that a channel's consumers take messages from, by their tags. A tag is known when the
 * broker confirms a consumer, on the connection's thread, before its first message comes; which
 * queue it is for, by who is asking for one at that moment. Thread-safe.
 */
final class RabbitQueues {
  private static final WeakIdentityMap<RabbitQueues> ALL = new WeakIdentityMap<>();

  private final Map<String, String> byTag = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();

  private RabbitQueues() {}

  /** Those of that channel, which is about to have one more. */
  static synchronized RabbitQueues of(Channel channel) {
    RabbitQueues known = ALL.get(channel);
    if (known == null) {
      known = new RabbitQueues();
      ALL.put(channel, known);
    }
    return known;
  }

  /** Those of that channel; null when it has none. */
  static @Nullable RabbitQueues known(@Nullable Channel channel) {
    return channel == null ? null : ALL.get(channel);
  }

  /** A consumer is asked for. */
  synchronized void asks(String queue) {
    asked.add(queue);
  }

  /** The broker has confirmed one. Of several that are asked for at once it may be any. */
  synchronized void confirmed(String tag) {
    if (asked.stream().distinct().count() == 1) {
      byTag.put(tag, asked.get(0));
    }
  }

  /**
   * Whoever asked has the answer.
   *
   * @param tag null when there is no consumer
   */
  synchronized void answered(String queue, @Nullable String tag) {
    asked.remove(queue);
    if (tag != null) {
      byTag.put(tag, queue);
    }
  }

  void cancelled(String tag) {
    byTag.remove(tag);
  }

  /** The queue's name as it was asked for; null when it is not known. */
  @Nullable String queue(String tag) {
    return byTag.get(tag);
  }

  /**
   * What messages are named by: their queue. The default exchange's routing key is the queue's
   * name. A queue whose name was made up for this one process is named by the exchange that feeds
   * it.
   *
   * @return null when there is no name for it
   */
  static @Nullable String name(
      @Nullable String queue, @Nullable String exchange, @Nullable String routingKey) {
    boolean byDefault = exchange == null || exchange.isEmpty();
    String name = queue == null || queue.isEmpty() ? (byDefault ? routingKey : null) : queue;
    return name != null && isMadeUp(name) ? (byDefault ? null : exchange) : name;
  }

  /** By the broker, or by Spring's naming strategies for anonymous queues. */
  private static boolean isMadeUp(String queue) {
    return queue.startsWith("amq.gen") || queue.startsWith("spring.gen-");
  }
}
