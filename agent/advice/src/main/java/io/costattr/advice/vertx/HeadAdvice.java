package io.costattr.advice.vertx;

import io.costattr.core.Log;
import io.costattr.core.exchange.Exchange;
import io.vertx.core.http.HttpClientResponse;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code HttpClientRequestBase.handleResponse}: the head of a response has come. */
public final class HeadAdvice {
  private HeadAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object request, @Advice.Argument(0) @Nullable HttpClientResponse response) {
    Exchange exchange = response == null ? null : Exchange.carriedBy(request);
    if (exchange == null || response == null || exchange.denial() != null) {
      return;
    }
    try {
      // No reference to the method: it would name the interface that declares it in later versions.
      exchange.response(response.statusCode(), name -> response.getHeader(name));
    } catch (Throwable fault) {
      Log.fault("reading a response of Vert.x", fault);
      exchange.unreadable();
    }
  }
}
