package io.costattr.advice.asynchttpclient;

import net.bytebuddy.asm.Advice;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.jspecify.annotations.Nullable;

/**
 * At {@code NettyResponseFuture.setNettyRequest}, before the request that was sent is gone: the
 * library follows a redirect, answers a challenge, or tries again after a failure.
 */
public final class ReplaceAdvice {
  private ReplaceAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object future, @Advice.FieldValue("nettyRequest") @Nullable Object sent) {
    if (future instanceof NettyResponseFuture<?> call && sent != null) {
      Attempts.end(call, sent);
    }
  }
}
