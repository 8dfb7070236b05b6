package io.costattr.advice.okhttp;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import net.bytebuddy.asm.Advice;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * At {@code CallServerInterceptor.intercept}, the last of the chain, around {@link BaggageAdvice}:
 * whose call it is that this thread sends, for one that was enqueued was made on another.
 */
public final class ServerAdvice {
  private ServerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Interceptor.Chain chain) {
    return OutgoingBaggage.isOn() ? new Sending(OutgoingBaggage.enter(chain.call())) : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered instanceof Sending sending) {
      OutgoingBaggage.leave(sending.before);
    }
  }

  private record Sending(@Nullable Addition before) {}
}
