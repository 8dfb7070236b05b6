package io.costattr.advice.apache4;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/**
 * At {@code execute} of {@code MainClientExec} and {@code MinimalClientExec}, which connect and
 * send. The exchange travels with the request; {@link SendAdvice} takes it from there.
 */
public final class AttemptAdvice {
  private AttemptAdvice() {}

  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = CloseableHttpResponse.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) HttpRoute route, @Advice.Argument(1) HttpRequest request) {
    Rejection rejection = Apache4.rejection(route.getTargetHost(), request);
    if (rejection != null) {
      return rejection.thrown();
    }
    Exchange exchange = Apache4.open(route.getTargetHost(), request);
    if (exchange == null) {
      return null;
    }
    if (exchange.objection(Bodies.preview(request)) instanceof Denial denial) {
      return new DeniedResponse(denial);
    }
    exchange.carryWith(request);
    return request;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered, @Advice.Thrown @Nullable Throwable thrown) {
    Exchange exchange = entered == null ? null : Exchange.takenFrom(entered);
    if (exchange != null && thrown != null) {
      exchange.failed(thrown);
    }
  }
}
