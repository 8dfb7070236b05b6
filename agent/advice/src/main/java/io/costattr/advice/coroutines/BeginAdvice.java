package io.costattr.advice.coroutines;

import kotlin.coroutines.CoroutineContext;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At {@code CoroutineContextKt.newCoroutineContext}, by which every builder makes the context of a
 * coroutine, on the thread that begins it.
 */
public final class BeginAdvice {
  private BeginAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(@Advice.Return @Nullable CoroutineContext context) {
    InForceElement element = context == null ? null : InForceElement.here(context, context);
    return element == null || context == null ? null : context.plus(element);
  }
}
