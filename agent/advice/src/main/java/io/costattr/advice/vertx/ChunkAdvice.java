package io.costattr.advice.vertx;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClientResponseImpl.handleChunk}, which is called for a piece that the application
 * has asked for.
 */
public final class ChunkAdvice {
  private ChunkAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object response, @Advice.Argument(0) @Nullable Object piece) {
    Exchange exchange = Responses.exchange(response);
    ObservedBody body = exchange == null ? null : exchange.observedResponse();
    if (body != null && piece != null) {
      Pieces.show(piece, body);
    }
  }
}
