package io.costattr.core.carry;

import org.jspecify.annotations.Nullable;

/**
 * A thread of a pool, which begins every task with what was in force when the thread began:
 * nothing, unless the application's thread factory has put something in force.
 */
final class Worker {
  private static final ThreadLocal<@Nullable Worker> CURRENT = new ThreadLocal<>();

  /** Whether there is any. */
  private static volatile boolean started;

  private final Place[] places;
  private final @Nullable Object[] marks;

  private Worker(Place[] places) {
    this.places = places;
    this.marks = new Object[places.length];
    for (int i = 0; i < places.length; i++) {
      marks[i] = places[i].mark();
    }
  }

  /** This thread as it is now. */
  static Worker now() {
    return new Worker(Places.all());
  }

  /** This thread becomes one, with something in force. */
  static void start() {
    started = true;
    CURRENT.set(now());
  }

  /**
   * A task of this thread is over: nothing of it stays.
   *
   * @return whether the task had put something in force and not ended it
   */
  static boolean clean() {
    boolean left = Turn.endAll();
    return restore(started ? CURRENT.get() : null) || left;
  }

  /**
   * This thread is as it was then; with null, as one that has nothing in force.
   *
   * @return as {@link #clean}
   */
  static boolean restore(@Nullable Worker then) {
    boolean left = false;
    for (Place place : Places.all()) {
      left |= place.restore(then == null ? null : then.mark(place));
    }
    return left;
  }

  /** What that place had in force; null for nothing. */
  @Nullable Object mark(Place place) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] == place) {
        return marks[i];
      }
    }
    return null;
  }
}
