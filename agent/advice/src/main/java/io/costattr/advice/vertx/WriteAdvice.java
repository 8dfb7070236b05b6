package io.costattr.advice.vertx;

import io.vertx.core.Future;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpClientRequestImpl.doWrite}, through which the head goes, every piece of the body
 * and its end.
 */
public final class WriteAdvice {
  private WriteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Future.class)
  public static @Nullable Object enter(
      @Advice.This Object request,
      @Advice.Argument(0) @Nullable Object piece,
      @Advice.Argument(1) boolean last,
      @Advice.Argument(2) boolean tunnel)
      throws IllegalAccessException {
    return Writing.isDenied(request, piece, last, tunnel) ? Future.succeededFuture() : null;
  }
}
