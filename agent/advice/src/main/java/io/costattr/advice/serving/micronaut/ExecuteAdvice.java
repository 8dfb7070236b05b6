package io.costattr.advice.serving.micronaut;

import io.costattr.core.attribution.RoamingRequest;
import io.costattr.core.attribution.Served;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code AbstractRouteMatch.execute}, which calls the controller's method. */
public final class ExecuteAdvice {
  private ExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter() {
    MicronautRequest request = Served.isTaken() ? MicronautRequests.current() : null;
    return request == null ? null : request.resume();
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    RoamingRequest.pause(entered);
  }
}
