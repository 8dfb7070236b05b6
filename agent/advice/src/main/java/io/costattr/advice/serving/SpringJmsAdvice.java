package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code invokeListener} of Spring's containers for JMS, which gives a message to a listener.
 * The container that is called by the client is within the client's own listener already, where
 * that is known.
 */
public final class SpringJmsAdvice {
  private SpringJmsAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(1) @Nullable Object delivered) {
    return delivered != null && Served.begins(Source.JOB)
        ? new JmsReceived(delivered).enter()
        : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }
}
