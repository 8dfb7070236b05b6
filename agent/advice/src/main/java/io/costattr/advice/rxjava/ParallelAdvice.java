package io.costattr.advice.rxjava;

import io.costattr.core.carry.InForce;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** At {@code RxJavaPlugins.onSubscribe}, by which the rails of a ParallelFlowable pass. */
public final class ParallelAdvice {
  private ParallelAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(@Advice.Return Subscriber<?> @Nullable [] subscribers) {
    if (subscribers == null || !InForce.isCarried()) {
      return null;
    }
    Subscriber<?>[] carrying = new Subscriber<?>[subscribers.length];
    for (int i = 0; i < carrying.length; i++) {
      carrying[i] = new InForceSubscriber<>(subscribers[i]);
    }
    return carrying;
  }
}
