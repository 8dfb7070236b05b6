package io.costattr.advice.springai;

import io.costattr.advice.layer.LayeredFlux;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** At the methods of {@code OpenAiApi} and its like that return a stream, not yet asked for. */
public final class StreamAdvice {
  private StreamAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(@Advice.Return @Nullable Flux<?> stream) {
    return stream == null ? null : new LayeredFlux<>(stream, SpringAi.CLIENT);
  }
}
