package io.costattr.advice.serving;

import com.rabbitmq.client.Channel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code ConsumerDispatcher.handleConsumeOk}, on the connection's thread. */
public final class RabbitConfirmedAdvice {
  private RabbitConfirmedAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.FieldValue("channel") @Nullable Channel channel,
      @Advice.Argument(1) @Nullable String tag) {
    RabbitQueues queues = RabbitQueues.known(channel);
    if (queues != null && tag != null) {
      queues.confirmed(tag);
    }
  }
}
