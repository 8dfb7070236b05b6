package io.costattr.advice.openai;

import io.costattr.core.exchange.Call;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code RetryingHttpClient.execute}: one logical call, whose attempts run on this thread; and
 * at {@code BoundedWebSocket.connect}, which opens every web socket of the library by OkHttp, on
 * this thread too.
 */
public final class ExecuteAdvice {
  private ExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter() {
    return new Entered(LogicalCall.capture().enter());
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Entered.leave(entered);
  }

  /** What the exit needs: that there was an entry, and the call it replaced. */
  record Entered(@Nullable Call previous) {
    static void leave(@Nullable Object entered) {
      if (entered instanceof Entered entry) {
        Call.leave(entry.previous);
      }
    }
  }
}
