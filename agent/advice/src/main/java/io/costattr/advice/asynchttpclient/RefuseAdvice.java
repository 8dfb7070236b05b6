package io.costattr.advice.asynchttpclient;

import io.costattr.core.attribution.Rejection;
import net.bytebuddy.asm.Advice;
import org.asynchttpclient.Request;
import org.jspecify.annotations.Nullable;

/**
 * At {@code NettyRequestSender.sendRequest}, with which a call begins: what it throws the client
 * tells the application's handler, and fails the future that it returns.
 */
public final class RefuseAdvice {
  private RefuseAdvice() {}

  /**
   * @param future of a call that has begun, or null
   */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable Request request, @Advice.Argument(2) @Nullable Object future) {
    Rejection rejection = request == null || future != null ? null : Attempts.rejection(request);
    return rejection == null ? null : rejection.thrown();
  }
}
