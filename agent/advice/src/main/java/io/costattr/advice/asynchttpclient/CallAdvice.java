package io.costattr.advice.asynchttpclient;

import net.bytebuddy.asm.Advice;
import org.asynchttpclient.Request;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.jspecify.annotations.Nullable;

/** At the constructor of {@code NettyResponseFuture}: the first attempt of a call. */
public final class CallAdvice {
  private CallAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object future, @Advice.Argument(0) @Nullable Request request) {
    if (future instanceof NettyResponseFuture<?> call && request != null) {
      Attempts.begin(call, request, true);
    }
  }
}
