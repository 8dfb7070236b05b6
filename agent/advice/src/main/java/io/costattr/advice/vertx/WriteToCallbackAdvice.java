package io.costattr.advice.vertx;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** At {@code HttpClientRequestImpl.doWrite} of Vert.x 4, which tells a callback that it is done. */
public final class WriteToCallbackAdvice {
  private WriteToCallbackAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class, skipOn = Boolean.class)
  public static @Nullable Object enter(
      @Advice.This Object request,
      @Advice.Argument(0) @Nullable Object piece,
      @Advice.Argument(1) boolean last,
      @Advice.Argument(2) boolean tunnel,
      @Advice.Argument(3) @Nullable Handler<AsyncResult<Void>> handler)
      throws IllegalAccessException {
    if (!Writing.isDenied(request, piece, last, tunnel)) {
      return null;
    }
    if (handler != null) {
      handler.handle(Future.succeededFuture());
    }
    return true;
  }
}
