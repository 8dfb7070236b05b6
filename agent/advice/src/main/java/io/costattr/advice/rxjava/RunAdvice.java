package io.costattr.advice.rxjava;

import io.costattr.core.carry.Handoffs;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At the task's {@code run}, on the other thread. */
public final class RunAdvice {
  private RunAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object task) {
    return Handoffs.arrive(task);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object arrived) {
    Handoffs.leave(arrived);
  }
}
