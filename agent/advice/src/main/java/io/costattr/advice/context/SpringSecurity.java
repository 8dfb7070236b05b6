package io.costattr.advice.context;

import io.costattr.core.attribution.ContextSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/** Reads whom Spring Security has authenticated on this thread. */
public final class SpringSecurity implements ContextSource {

  @Override
  public @Nullable Object principal() {
    return SecurityContextHolder.getContext().getAuthentication();
  }
}
