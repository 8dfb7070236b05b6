package io.costattr.advice.coroutines;

import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At {@code withContext}: what is in force where it is called is so in its block, as it would be
 * without a change of threads.
 */
public final class WithContextAdvice {
  private WithContextAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable CoroutineContext context,
      @Advice.Argument(2) @Nullable Continuation<?> outer) {
    if (context == null || outer == null) {
      return null;
    }
    InForceElement element = InForceElement.here(context, outer.getContext());
    return element == null ? null : context.plus(element);
  }
}
