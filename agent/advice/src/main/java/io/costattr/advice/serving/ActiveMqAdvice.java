package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import java.util.concurrent.atomic.AtomicReference;
import net.bytebuddy.asm.Advice;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.Message;
import org.apache.activemq.command.MessageDispatch;
import org.jspecify.annotations.Nullable;

/**
 * At {@code ActiveMQMessageConsumer.dispatch} of ActiveMQ's classic client, which gives a message
 * to the consumer's listener, of either namespace, or queues it where there is none.
 */
public final class ActiveMqAdvice {
  private ActiveMqAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.FieldValue("messageListener") @Nullable AtomicReference<?> listener,
      @Advice.Argument(0) @Nullable MessageDispatch dispatch) {
    return dispatch != null
            && listener != null
            && listener.get() != null
            && Served.begins(Source.JOB)
        ? Received.from(name(dispatch.getMessage())).enter()
        : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }

  private static @Nullable String name(@Nullable Message message) {
    ActiveMQDestination destination = message == null ? null : message.getDestination();
    return destination == null || destination.isTemporary() ? null : destination.getPhysicalName();
  }
}
