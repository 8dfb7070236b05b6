package io.costattr.advice.serving.vertx;

import io.costattr.core.attribution.RoamingRequest;
import io.costattr.core.attribution.Served;
import io.vertx.ext.web.RoutingContext;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code RouteState.handleContext}, where a route has matched and a handler of it is called. */
public final class HandleAdvice {
  private HandleAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable RoutingContext context) {
    return context == null || !Served.isTaken() ? null : VertxRequests.begin(context);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    RoamingRequest.pause(entered);
  }
}
