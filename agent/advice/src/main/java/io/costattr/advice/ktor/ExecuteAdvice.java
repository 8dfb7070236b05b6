package io.costattr.advice.ktor;

import io.costattr.core.exchange.Call;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code execute} of an engine, which hands the request to an HTTP client on this thread. A
 * coroutine that goes on comes here again, without the request.
 */
public final class ExecuteAdvice {
  private ExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Object request) {
    Call call = request == null ? null : Call.carriedBy(request);
    return call == null ? null : new Entered(call.enter());
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered instanceof Entered entry) {
      Call.leave(entry.previous);
    }
  }

  /** What the exit needs: that there was an entry, and the call it replaced. */
  private record Entered(@Nullable Call previous) {}
}
