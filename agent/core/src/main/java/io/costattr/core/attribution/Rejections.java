package io.costattr.core.attribution;

import io.costattr.core.Log;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the calls that the policy refused. Thread-safe. */
public final class Rejections {
  private static final Map<Dimension, LongAdder> COUNTS = new EnumMap<>(Dimension.class);

  static {
    for (Dimension dimension : Dimension.values()) {
      COUNTS.put(dimension, new LongAdder());
    }
  }

  private Rejections() {}

  /** How many were refused because they lacked that dimension, among others. */
  public static long count(Dimension dimension) {
    LongAdder count = COUNTS.get(dimension);
    return count == null ? 0 : count.sum();
  }

  /** One more; said once for each call site. */
  public static Rejection reject(Set<Dimension> missing, @Nullable String callSite) {
    for (Dimension dimension : missing) {
      LongAdder count = COUNTS.get(dimension);
      if (count != null) {
        count.increment();
      }
    }
    Rejection rejection = new Rejection(missing, callSite);
    Log.warnOnce(
        "rejected:" + callSite + missing, rejection.message() + " (said once per call site)");
    return rejection;
  }
}
