package io.costattr.advice.context;

import io.costattr.core.attribution.HostCall;
import io.costattr.core.attribution.HostSpan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that another instrumentation counts, and of which it has no span to write to. */
final class CountedCall implements HostCall {
  private final @Nullable String operation;

  /**
   * @param operation {@code gen_ai.operation.name}; null when that is not known
   */
  CountedCall(@Nullable String operation) {
    this.operation = operation;
  }

  @Override
  public @Nullable HostSpan span() {
    return null;
  }

  @Override
  public @Nullable String operation() {
    return operation;
  }

  @Override
  public @Nullable Object identity() {
    return null;
  }

  @Override
  public boolean write(Map<String, Object> attributes, String proof) {
    return false;
  }
}
