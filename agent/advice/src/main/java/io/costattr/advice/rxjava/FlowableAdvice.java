package io.costattr.advice.rxjava;

import io.costattr.core.carry.InForce;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** At {@code RxJavaPlugins.onSubscribe}, by which whoever subscribes to a Flowable passes. */
public final class FlowableAdvice {
  private FlowableAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(@Advice.Return @Nullable Subscriber<?> subscriber) {
    return subscriber == null || !InForce.isCarried() ? null : new InForceSubscriber<>(subscriber);
  }
}
