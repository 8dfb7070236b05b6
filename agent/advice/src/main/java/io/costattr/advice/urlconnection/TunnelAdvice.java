package io.costattr.advice.urlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code HttpURLConnection.doTunneling}: what is said to a proxy is no attempt. */
public final class TunnelAdvice {
  private TunnelAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter() {
    return Connections.enter(null);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Connections.leave(entered);
  }
}
