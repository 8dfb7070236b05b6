package io.costattr.core.attribution;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model call as the application's own telemetry observes it: by a span of the GenAI conventions,
 * by their metrics, or both. Thread-safe.
 */
public interface HostCall {

  /** The span; null when there is none that can be seen. */
  @Nullable HostSpan span();

  /** {@code gen_ai.operation.name}; null when that is not known. */
  @Nullable String operation();

  /**
   * What the span is known by, the same object for all calls in it; null when nothing can be
   * written to it any more.
   */
  @Nullable Object identity();

  /**
   * Writes to the span, in that order.
   *
   * @param attributes strings, longs, doubles and lists of strings, by their names
   * @param proof the name of one of them
   * @return whether {@code proof} is on the span for certain: then so is all that stands before it.
   *     False when the span had ended
   */
  boolean write(Map<String, Object> attributes, String proof);
}
