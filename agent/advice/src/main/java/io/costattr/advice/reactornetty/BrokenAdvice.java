package io.costattr.advice.reactornetty;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code ChannelOperations.onInboundError}: what is received breaks off. */
public final class BrokenAdvice {
  private BrokenAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object operations, @Advice.Argument(0) @Nullable Throwable failure) {
    Exchange exchange = Wire.exchange(operations);
    if (exchange != null && failure != null) {
      exchange.failed(failure);
    }
  }
}
