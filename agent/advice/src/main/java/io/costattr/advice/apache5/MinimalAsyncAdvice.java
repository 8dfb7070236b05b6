package io.costattr.advice.apache5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.jspecify.annotations.Nullable;

/**
 * At {@code execute} of {@code MinimalHttpAsyncClient} and {@code MinimalH2AsyncClient}, which have
 * no chain: whatever is asked of them goes through an exchange handler.
 */
public final class MinimalAsyncAdvice {
  private MinimalAsyncAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable AsyncClientExchangeHandler handler) {
    return handler == null ? null : new ObservedExchangeHandler(handler);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Enter @Nullable Object entered, @Advice.Return @Nullable Cancellable returned) {
    return entered instanceof ObservedExchangeHandler handler && returned != null
        ? new ObservedCancellable(returned, handler)
        : null;
  }

  /** What the application cancels, of which the handler is not told. */
  private record ObservedCancellable(Cancellable cancellable, ObservedExchangeHandler handler)
      implements Cancellable {
    @Override
    public boolean cancel() {
      handler.cancelled();
      return cancellable.cancel();
    }
  }
}
