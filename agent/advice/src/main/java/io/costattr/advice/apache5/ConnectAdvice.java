package io.costattr.advice.apache5;

import io.costattr.advice.stream.Sending;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Objection;
import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * At {@code ConnectExec.execute}, which connects, sends and receives the head: one attempt. One
 * that is denied goes on in the chain without a connection, to {@link AnswerAdvice}.
 */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  @Advice.OnMethodEnter(
      inline = false,
      suppress = Throwable.class,
      skipOn = ClassicHttpResponse.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) ClassicHttpRequest request,
      @Advice.Argument(1) ExecChain.Scope scope,
      @Advice.Argument(2) ExecChain chain) {
    Exchange exchange = Apache5.open(scope.route.getTargetHost(), request, null);
    if (exchange == null) {
      Exchange.forget(scope.execRuntime);
    } else {
      Objection objection = exchange.objection(Bodies.preview(request));
      // By which the answer finds it, or a cancellation, see CancelAdvice.
      exchange.carryWith(scope.execRuntime);
      if (objection instanceof Denial) {
        return proceed(chain, request, scope);
      }
      exchange.requestEncoding(Apache5.encoding(request, request.getEntity()));
    }
    return AddedBaggage.put(
        request, scope.route.getTargetHost(), null, Sending.enter(exchange, Apache5.SUBJECT));
  }

  /** The answer, or what is thrown in its place. */
  private static Object proceed(
      ExecChain chain, ClassicHttpRequest request, ExecChain.Scope scope) {
    try {
      return chain.proceed(request, scope);
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Return @Nullable ClassicHttpResponse response,
      @Advice.Thrown @Nullable Throwable thrown) {
    ObservedEntity.put(Sending.leave(AddedBaggage.undo(entered)), response, thrown);
  }
}
