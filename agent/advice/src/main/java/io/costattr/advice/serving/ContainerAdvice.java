package io.costattr.advice.serving;

import io.costattr.core.carry.Handoffs;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Around everything that a container of servlets does for one request: what a filter or a valve
 * leaves open ends here. The worker may go on to the connection's next request, or to anybody's,
 * without an end of a task that the agent knows in between.
 */
public final class ContainerAdvice {
  private ContainerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter() {
    return Handoffs.begin();
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object begun) {
    Handoffs.end(begun);
  }
}
