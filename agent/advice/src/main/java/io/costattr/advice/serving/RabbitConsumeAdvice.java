package io.costattr.advice.serving;

import com.rabbitmq.client.Channel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code ChannelN.basicConsume}, by which every consumer is asked for; those of a connection
 * that has been recovered as well.
 */
public final class RabbitConsumeAdvice {
  private RabbitConsumeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Channel channel, @Advice.Argument(0) @Nullable String queue) {
    // An empty name is that of the queue that the channel has declared last.
    if (queue == null || queue.isEmpty()) {
      return null;
    }
    RabbitQueues.of(channel).asks(queue);
    return queue;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Channel channel,
      @Advice.Return @Nullable String tag,
      @Advice.Enter @Nullable Object asked) {
    if (asked instanceof String queue) {
      RabbitQueues.of(channel).answered(queue, tag);
    }
  }
}
