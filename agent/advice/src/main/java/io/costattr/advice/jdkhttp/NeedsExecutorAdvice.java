package io.costattr.advice.jdkhttp;

import java.net.http.HttpResponse.BodySubscriber;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At {@code TrustedSubscriber.needsExecutor}, which tells the client's own subscribers from others:
 * it completes the latter's bodies through its executor, by one task more. What is asked for is the
 * application's subscriber, not the one around it.
 */
public final class NeedsExecutorAdvice {
  private NeedsExecutorAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable BodySubscriber<?> subscriber) {
    return subscriber instanceof ObservedSubscriber<?> observed ? observed.subscriber() : null;
  }
}
