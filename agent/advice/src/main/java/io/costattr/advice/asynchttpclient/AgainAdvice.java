package io.costattr.advice.asynchttpclient;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;
import org.asynchttpclient.Request;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.jspecify.annotations.Nullable;

/**
 * At {@code NettyResponseFuture.setCurrentRequest}, which follows {@code setNettyRequest}: another
 * attempt, unless the last one has not been sent yet.
 */
public final class AgainAdvice {
  private AgainAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object future, @Advice.Argument(0) @Nullable Request request) {
    Exchange last = Exchange.carriedBy(future);
    if (future instanceof NettyResponseFuture<?> call
        && request != null
        && (last == null || last.isOver())) {
      Attempts.begin(call, request, false);
    }
  }
}
