package io.costattr.advice.apache4;

import io.costattr.core.exchange.Exchange;
import net.bytebuddy.asm.Advice;

/**
 * Where {@code ConnectionHolder} gives its connection back or up: a response that is closed tells
 * its entity nothing.
 */
public final class ReleaseAdvice {
  private ReleaseAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.FieldValue("managedConn") Object connection) {
    Exchange exchange = Exchange.takenFrom(connection);
    if (exchange != null) {
      exchange.abandoned();
    }
  }
}
