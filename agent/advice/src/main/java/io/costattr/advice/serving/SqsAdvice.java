package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import java.util.Collection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * At {@code MessageListenerExecutionStage.process} of Spring Cloud AWS, which gives a listener a
 * message, or a batch from one queue. It calls the listener here, or hands the call to an executor,
 * which has what is in force here.
 */
public final class SqsAdvice {
  /** {@code SqsHeaders.SQS_QUEUE_NAME_HEADER}: as the listener names it, which may be a URL. */
  private static final String QUEUE = "Sqs_QueueName";

  private SqsAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Object delivered) {
    return Served.begins(Source.JOB) ? Received.from(name(delivered)).enter() : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }

  private static @Nullable String name(@Nullable Object delivered) {
    Object one =
        delivered instanceof Collection<?> batch && !batch.isEmpty()
            ? batch.iterator().next()
            : delivered;
    if (!(one instanceof Message<?> message)
        || !(message.getHeaders().get(QUEUE) instanceof String queue)) {
      return null;
    }
    String last = queue.substring(queue.lastIndexOf('/') + 1);
    return last.substring(last.lastIndexOf(':') + 1);
  }
}
