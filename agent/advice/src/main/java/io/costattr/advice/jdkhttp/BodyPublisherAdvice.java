package io.costattr.advice.jdkhttp;

import java.util.Optional;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * At {@code HttpRequestImpl.bodyPublisher}: {@code response.request()} is that copy, and the
 * application is to find its own publisher there. The client itself reads the field.
 */
public final class BodyPublisherAdvice {
  private BodyPublisherAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(@Advice.Return @Nullable Object returned) {
    return returned instanceof Optional<?> publisher
            && publisher.orElse(null) instanceof ObservedPublisher observed
        ? Optional.of(observed.publisher())
        : null;
  }
}
