package io.costattr.advice.serving;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Envelope;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code ConsumerDispatcher.handleDelivery}, on the connection's thread: what it makes of a
 * message for the client's workers passes {@link RabbitWorkAdvice}.
 */
public final class RabbitDeliveryAdvice {
  private RabbitDeliveryAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.FieldValue("channel") @Nullable Channel channel,
      @Advice.Argument(1) @Nullable String tag,
      @Advice.Argument(2) @Nullable Envelope envelope) {
    RabbitQueues queues = RabbitQueues.known(channel);
    String queue = queues == null || tag == null ? null : queues.queue(tag);
    new RabbitDelivery(
            envelope == null
                ? RabbitQueues.name(queue, null, null)
                : RabbitQueues.name(queue, envelope.getExchange(), envelope.getRoutingKey()))
        .arrives();
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit() {
    RabbitDelivery.arrived();
  }
}
