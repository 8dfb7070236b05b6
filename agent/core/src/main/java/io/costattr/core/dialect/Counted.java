package io.costattr.core.dialect;

import io.costattr.core.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A usage in disjoint buckets, and what is wrong with the numbers it was made of.
 *
 * @param anomaly null when nothing is
 */
record Counted(Usage usage, @Nullable Anomaly anomaly) {

  /**
   * @param usage the buckets, clamped where the provider's numbers contradict each other
   * @param addsUp whether the provider's totals are the sums of their parts
   */
  static Counted of(Usage.Builder usage, boolean addsUp) {
    return new Counted(
        usage.build(), usage.clamped() || !addsUp ? Anomaly.CONTRADICTORY_USAGE : null);
  }

  /** The same with a part that has no rate of the model's. */
  Counted unpriceable() {
    return new Counted(usage, Anomaly.UNPRICEABLE_PART);
  }
}
