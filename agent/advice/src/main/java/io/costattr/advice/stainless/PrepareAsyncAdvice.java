package io.costattr.advice.stainless;

import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code PrepareRequest.prepareAsync}, the last place of an asynchronous call that is on the
 * caller's thread: what follows hops to a pool before the HTTP layer.
 */
public final class PrepareAsyncAdvice {
  private PrepareAsyncAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Return @Nullable Object prepared) {
    Object request = prepared instanceof CompletableFuture<?> future ? future.getNow(null) : null;
    if (request != null) {
      LogicalCall.capture(request).carryWith(request);
    }
  }
}
