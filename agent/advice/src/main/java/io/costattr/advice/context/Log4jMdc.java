package io.costattr.advice.context;

import io.costattr.core.attribution.ContextSource;
import org.apache.logging.log4j.ThreadContext;
import org.jspecify.annotations.Nullable;

/** Reads the application's mapped diagnostic context, by Log4j 2. */
public final class Log4jMdc implements ContextSource {

  @Override
  public @Nullable String mdc(String key) {
    return ThreadContext.get(key);
  }
}
