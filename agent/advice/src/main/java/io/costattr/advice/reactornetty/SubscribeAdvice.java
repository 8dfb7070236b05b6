package io.costattr.advice.reactornetty;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At the constructor of {@code HttpClientHandler}: one is made for each subscription, on the thread
 * that subscribes; everything later is an event loop's.
 */
public final class SubscribeAdvice {
  private SubscribeAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object handler,
      @Advice.FieldValue("method") @Nullable Object method,
      @Advice.FieldValue("toURI") @Nullable Object uri) {
    Attempts.begin(handler, method, uri, true);
  }
}
