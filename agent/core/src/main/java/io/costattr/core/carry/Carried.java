package io.costattr.core.carry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with one piece of work: all that was in force on the thread that handed it over,
 * from one moment. Immutable.
 */
final class Carried {
  private final Place[] places;
  private final @Nullable Object[] values;
  private final @Nullable Object task;
  private final boolean nothing;

  private Carried(
      Place[] places, @Nullable Object[] values, @Nullable Object task, boolean nothing) {
    this.places = places;
    this.values = values;
    this.task = task;
    this.nothing = nothing;
  }

  /**
   * What is in force on this thread.
   *
   * @param task what it goes along with, where that refers to this and not the other way round
   * @return null when nothing is
   */
  static @Nullable Carried capture(Place[] places, @Nullable Object task) {
    @Nullable Object[] values = new Object[places.length];
    boolean any = false;
    for (int i = 0; i < places.length; i++) {
      values[i] = places[i].carried();
      any |= values[i] != null;
    }
    return any ? new Carried(places, values, task, false) : null;
  }

  static Carried nothing(Place[] places) {
    return new Carried(places, new Object[places.length], null, true);
  }

  /** Whether nothing was in force. */
  boolean isNothing() {
    return nothing;
  }

  /** What it goes along with, when that is known here. */
  @Nullable Object task() {
    return task;
  }

  Place[] places() {
    return places;
  }

  /** What is carried of the place of that index; null for nothing. */
  @Nullable Object value(int place) {
    return values[place];
  }

  /** Whether a task could not tell the one from the other. */
  boolean isSameAs(Carried other) {
    return this == other
        || (Arrays.equals(places, other.places) && Arrays.equals(values, other.values));
  }
}
