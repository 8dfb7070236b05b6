package io.costattr.advice.serving;

import io.costattr.core.carry.Handoffs;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code CoyoteAdapter.service}, around everything that Tomcat does for one request: what a
 * filter or a valve leaves open ends here. The worker's task may go on to the connection's next
 * request without an end in between.
 */
public final class TomcatAdvice {
  private TomcatAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter() {
    return Handoffs.begin();
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object begun) {
    Handoffs.end(begun);
  }
}
