package io.costattr.core.carry;

import io.costattr.core.Log;
import org.jspecify.annotations.Nullable;

/**
 * What is in force where somebody subscribes, which is so again whenever that one is told
 * something, on whichever thread: that may be a scheduler's, or the thread of another customer who
 * has subscribed to the same source. When nothing is in force, nothing is so then.
 */
public final class Subscribed {
  private final @Nullable InForce inForce = InForce.now();

  /**
   * That one is about to be told something.
   *
   * @return what to hand to {@link #after}
   */
  public @Nullable Object before() {
    try {
      return InForce.enter(inForce);
    } catch (Throwable fault) {
      Log.fault("carrying to a subscriber", fault);
      return null;
    }
  }

  /** That one has been told. */
  public void after(@Nullable Object entered) {
    try {
      if (entered != null) {
        InForce.leave(entered);
      }
    } catch (Throwable fault) {
      Log.fault("coming back from a subscriber", fault);
    }
  }
}
