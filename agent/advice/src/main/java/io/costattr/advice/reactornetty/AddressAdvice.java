package io.costattr.advice.reactornetty;

import io.costattr.core.attribution.Rejection;
import io.costattr.core.exchange.Exchanges;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClientHandler.get}, which is asked where to connect to: what it throws the client
 * takes for a failure of the subscription, as any that comes before there is a connection.
 */
public final class AddressAdvice {
  private AddressAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object handler) {
    Rejection rejection = Exchanges.rejected(handler);
    return rejection == null ? null : rejection.thrown();
  }
}
