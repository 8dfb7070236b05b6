package io.costattr.advice.serving.webflux;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import reactor.core.Fuseable;
import reactor.util.context.ContextView;

/** Reads whom Spring Security has authenticated in a chain. */
final class ReactiveSecurity {
  private ReactiveSecurity() {}

  /**
   * The authentication, where it is there already, as that of a token or a password is; null where
   * somebody would have to go and get it, or when there is none.
   */
  static @Nullable Object authentication(ContextView context) {
    Object found = context.getOrDefault((Object) SecurityContext.class, null);
    if (!(found instanceof Fuseable.ScalarCallable<?> known)) {
      return null;
    }
    try {
      return known.call() instanceof SecurityContext security ? security.getAuthentication() : null;
    } catch (Exception none) {
      return null;
    }
  }
}
