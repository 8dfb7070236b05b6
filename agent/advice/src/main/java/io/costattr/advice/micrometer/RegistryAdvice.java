package io.costattr.advice.micrometer;

import io.micrometer.context.ContextRegistry;
import net.bytebuddy.asm.Advice;

/**
 * At {@code ContextRegistry.loadThreadLocalAccessors}, which finds those that are on the class
 * path: the agent's are among them. The registry that all libraries share calls it when it is made.
 */
public final class RegistryAdvice {
  private RegistryAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This ContextRegistry registry) {
    if (registry.getThreadLocalAccessors().stream()
        .noneMatch(known -> Accessor.KEY.equals(known.key()))) {
      registry.registerThreadLocalAccessor(new Accessor());
      registry.registerThreadLocalAccessor(new RequestAccessor());
    }
  }
}
