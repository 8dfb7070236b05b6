package io.costattr.advice.apache5;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.Call;
import io.costattr.core.exchange.Denial;
import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * At {@code AsyncConnectExec.execute}: one attempt, whose body goes through the producer and whose
 * answer comes to the callback, on other threads. A call's first attempt begins on the thread that
 * makes the call; further ones know it by the future that all of them complete. One that is denied
 * goes on in the chain without a connection, to {@link AsyncAnswerAdvice}.
 */
public final class AsyncConnectAdvice {
  private static final int PRODUCER = 0;
  private static final int CALLBACK = 1;

  private AsyncConnectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
  @Advice.AssignReturned.ToArguments({
    @Advice.AssignReturned.ToArguments.ToArgument(
        value = 1,
        index = PRODUCER,
        typing = Assigner.Typing.DYNAMIC),
    @Advice.AssignReturned.ToArguments.ToArgument(
        value = 4,
        index = CALLBACK,
        typing = Assigner.Typing.DYNAMIC)
  })
  public static @Nullable Object enter(
      @Advice.Argument(0) HttpRequest request,
      @Advice.Argument(1) @Nullable AsyncEntityProducer producer,
      @Advice.Argument(2) AsyncExecChain.Scope scope,
      @Advice.Argument(3) AsyncExecChain chain,
      @Advice.Argument(4) AsyncExecCallback callback) {
    Object future = scope.cancellableDependency;
    Rejection rejection = Apache5.rejection(scope.route.getTargetHost(), request, future);
    if (rejection != null) {
      return rejection.thrown();
    }
    Exchange exchange = Apache5.open(scope.route.getTargetHost(), request, future);
    if (exchange == null) {
      Exchange.forget(scope.execRuntime);
      AsyncExecCallback told = told(callback, request, scope);
      return told == callback ? null : new Object[] {null, told};
    }
    Call current = Call.current();
    if (current != null && Call.carriedBy(future) == null) {
      current.carryWith(future);
    }
    if (exchange.objection(Bodies.preview(request, producer, producer)) instanceof Denial) {
      exchange.carryWith(scope.execRuntime);
      return proceed(chain, request, producer, scope, callback);
    }
    Exchange.forget(scope.execRuntime);
    // By which its cancellation finds it, see CancelFutureAdvice.
    exchange.carryWith(future);
    return new Object[] {
      producer == null
          ? null
          : new ObservedProducer(
              producer, exchange.requestBody(Apache5.encoding(request, producer))),
      new ObservedCallback(told(callback, request, scope), exchange, scope.cancellableDependency)
    };
  }

  /** Whom the chain tells of the answer, when the request has baggage as well. */
  private static AsyncExecCallback told(
      AsyncExecCallback callback, HttpRequest request, AsyncExecChain.Scope scope) {
    Object added =
        AddedBaggage.put(request, scope.route.getTargetHost(), scope.cancellableDependency, null);
    return added == null ? callback : new BaggageCallback(callback, added);
  }

  /** That it has gone on, or what is thrown. */
  private static Object proceed(
      AsyncExecChain chain,
      HttpRequest request,
      @Nullable AsyncEntityProducer producer,
      AsyncExecChain.Scope scope,
      AsyncExecCallback callback) {
    try {
      chain.proceed(request, producer, scope, callback);
      return true;
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object entered, @Advice.Thrown @Nullable Throwable thrown) {
    if (thrown != null
        && entered instanceof Object[] observed
        && observed[CALLBACK] instanceof ObservedCallback callback) {
      callback.broken(thrown);
    }
  }
}
