package io.costattr.advice.rxjava;

import io.costattr.core.carry.InForce;
import io.reactivex.rxjava3.core.SingleObserver;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** At {@code RxJavaPlugins.onSubscribe}, by which whoever subscribes to a Single passes. */
public final class SingleAdvice {
  private SingleAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(@Advice.Return @Nullable SingleObserver<?> subscriber) {
    return subscriber == null || !InForce.isCarried()
        ? null
        : new InForceSingleObserver<>(subscriber);
  }
}
