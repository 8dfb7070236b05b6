package io.costattr.advice.layer;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** Where a subscriber says in which observation of Micrometer's it subscribes. */
final class Observed {
  /** {@code ObservationThreadLocalAccessor.KEY}. */
  private static final String KEY = "micrometer.observation";

  private Observed() {}

  /** The observation, or null. */
  static @Nullable Object in(ContextView context) {
    return context.isEmpty() ? null : context.getOrDefault((Object) KEY, null);
  }
}
