package io.costattr.core.dialect;

import io.costattr.core.Log;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Usage that contradicts itself: counted, and named once per model. Thread-safe. */
public final class Anomalies {
  private static final LongAdder COUNT = new LongAdder();

  private Anomalies() {}

  /** How many responses reported usage that does not add up. */
  public static long count() {
    return COUNT.sum();
  }

  static void report(String provider, @Nullable String model) {
    COUNT.increment();
    Log.warnOnce(
        "usage:" + provider + ":" + model,
        "usage of "
            + (model == null ? "a model" : model)
            + " at "
            + provider
            + " does not add up; its parts are taken as reported, none below zero");
  }
}
