package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;

/**
 * At {@code invokeListener} of spring-rabbit's containers, which gives a message, or a batch of
 * them, to a listener. The container that listens on the client's own threads is within the
 * client's delivery already.
 */
public final class SpringRabbitAdvice {
  private SpringRabbitAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(1) @Nullable Object delivered) {
    return Served.begins(Source.JOB) ? Received.from(name(delivered)).enter() : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }

  /** Of a batch from several queues nobody knows which message a call is made for. */
  private static @Nullable String name(@Nullable Object delivered) {
    if (!(delivered instanceof List<?> batch)) {
      return delivered instanceof Message message ? name(message) : null;
    }
    String only = null;
    for (Object one : batch) {
      String name = name(one);
      if (name == null || (only != null && !only.equals(name))) {
        return null;
      }
      only = name;
    }
    return only;
  }

  private static @Nullable String name(Message message) {
    MessageProperties properties = message.getMessageProperties();
    return RabbitQueues.name(
        properties.getConsumerQueue(),
        properties.getReceivedExchange(),
        properties.getReceivedRoutingKey());
  }
}
