package io.costattr.advice.serving;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At {@code ConsumerDispatcher.executeUnlessShuttingDown}, which queues a task for the client's
 * workers. That of a message is replaced; the application sees neither.
 */
public final class RabbitWorkAdvice {
  private RabbitWorkAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Runnable work) {
    RabbitDelivery delivery = RabbitDelivery.arriving();
    return delivery == null || work == null ? null : delivery.around(work);
  }
}
