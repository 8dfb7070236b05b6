package io.costattr.advice.context;

import io.costattr.core.attribution.ContextSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Reads the application's mapped diagnostic context, by SLF4J. */
public final class Slf4jMdc implements ContextSource {

  @Override
  public @Nullable String mdc(String key) {
    return MDC.get(key);
  }
}
