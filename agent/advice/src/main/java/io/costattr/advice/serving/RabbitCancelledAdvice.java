package io.costattr.advice.serving;

import com.rabbitmq.client.Channel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code ConsumerDispatcher.handleCancelOk} and {@code handleCancel}, on the connection's
 * thread, after the consumer's last message.
 */
public final class RabbitCancelledAdvice {
  private RabbitCancelledAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.FieldValue("channel") @Nullable Channel channel,
      @Advice.Argument(1) @Nullable String tag) {
    RabbitQueues queues = RabbitQueues.known(channel);
    if (queues != null && tag != null) {
      queues.cancelled(tag);
    }
  }
}
