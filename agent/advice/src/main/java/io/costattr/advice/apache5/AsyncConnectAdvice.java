package io.costattr.advice.apache5;

import io.costattr.core.exchange.Call;
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
 * makes the call; further ones know it by the future that all of them complete.
 */
public final class AsyncConnectAdvice {
  private static final int PRODUCER = 0;
  private static final int CALLBACK = 1;

  private AsyncConnectAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
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
  public static @Nullable Object @Nullable [] enter(
      @Advice.Argument(0) HttpRequest request,
      @Advice.Argument(1) @Nullable AsyncEntityProducer producer,
      @Advice.Argument(2) AsyncExecChain.Scope scope,
      @Advice.Argument(4) AsyncExecCallback callback) {
    Object future = scope.cancellableDependency;
    Exchange exchange = Apache5.open(scope.route.getTargetHost(), request, future);
    if (exchange == null) {
      return null;
    }
    Call current = Call.current();
    if (current != null && Call.carriedBy(future) == null) {
      current.carryWith(future);
    }
    // By which its cancellation finds it, see CancelFutureAdvice.
    exchange.carryWith(future);
    return new Object[] {
      producer == null
          ? null
          : new ObservedProducer(
              producer, exchange.requestBody(Apache5.encoding(request, producer))),
      new ObservedCallback(callback, exchange, scope.cancellableDependency)
    };
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
