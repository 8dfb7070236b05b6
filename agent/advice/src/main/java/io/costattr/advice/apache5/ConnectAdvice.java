package io.costattr.advice.apache5;

import io.costattr.advice.stream.Sending;
import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** At {@code ConnectExec.execute}, which connects, sends and receives the head: one attempt. */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) ClassicHttpRequest request, @Advice.Argument(1) ExecChain.Scope scope) {
    Exchange exchange = Apache5.open(scope.route.getTargetHost(), request, null);
    if (exchange != null) {
      // By which a cancellation finds it, see CancelAdvice.
      exchange.carryWith(scope.execRuntime);
      exchange.requestEncoding(Apache5.encoding(request, request.getEntity()));
    }
    return Sending.enter(exchange, Apache5.SUBJECT);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Return @Nullable ClassicHttpResponse response,
      @Advice.Thrown @Nullable Throwable thrown) {
    ObservedEntity.put(Sending.leave(entered), response, thrown);
  }
}
