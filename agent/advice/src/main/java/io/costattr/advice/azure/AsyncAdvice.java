package io.costattr.advice.azure;

import io.costattr.advice.layer.LayeredMono;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** At the methods of the clients' implementation that return a response not yet asked for. */
public final class AsyncAdvice {
  private AsyncAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(@Advice.Return @Nullable Mono<?> response) {
    return response == null ? null : new LayeredMono<>(response, AzureOpenAi.CLIENT);
  }
}
