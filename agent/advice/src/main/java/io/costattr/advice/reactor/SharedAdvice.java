package io.costattr.advice.reactor;

import io.costattr.core.carry.InForce;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * Where somebody subscribes to a source that is cached, replayed or shared. Such a source is made
 * to run by one of its subscribers and tells all of them on that one's thread.
 */
public final class SharedAdvice {
  private SharedAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable CoreSubscriber<?> subscriber) {
    return subscriber == null || subscriber instanceof InForceSubscriber || !InForce.isCarried()
        ? null
        : new InForceSubscriber<>(subscriber);
  }
}
