package io.costattr.advice.vertx;

import io.costattr.core.baggage.Addition;
import io.costattr.core.baggage.OutgoingBaggage;
import io.netty.handler.codec.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code createRequest} of a connection of HTTP/1.1, which copies a request's head for Netty:
 * the request itself, which is copied to follow a redirect, is not touched.
 */
public final class BaggageAdvice {
  private BaggageAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.Argument(2) @Nullable Object headers, @Advice.Return @Nullable HttpRequest head) {
    if (headers == null || head == null || !OutgoingBaggage.isOn()) {
      return;
    }
    Addition addition = OutgoingBaggage.carriedBy(headers);
    String whole = addition == null ? null : addition.to(head.headers().getAll(Addition.HEADER));
    if (whole != null) {
      head.headers().set(Addition.HEADER, whole);
    }
  }
}
