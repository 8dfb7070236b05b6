package io.costattr.core.carry;

import io.costattr.core.Log;
import org.jspecify.annotations.Nullable;

/**
 * A task's turn on a thread: what it carries is in force, what was in force before is set aside.
 * Begun and ended on that thread.
 */
final class Turn {
  private static final ThreadLocal<@Nullable Turn> CURRENT = new ThreadLocal<>();

  private final Place[] places;
  private final @Nullable Object[] marks;
  private final @Nullable Object task;
  private final @Nullable Turn outer;

  private Turn(Place[] places, @Nullable Object task, @Nullable Turn outer) {
    this.places = places;
    this.marks = new Object[places.length];
    this.task = task;
    this.outer = outer;
  }

  /** It begins on this thread, with exactly that in force. */
  static Turn begin(Carried carried, @Nullable Object task) {
    Place[] places = carried.places();
    Turn turn = new Turn(places, task, CURRENT.get());
    int begun = 0;
    try {
      for (; begun < places.length; begun++) {
        Object value = carried.value(begun);
        turn.marks[begun] = places[begun].mark();
        if (value != null || turn.marks[begun] != null) {
          places[begun].replace(value);
        }
      }
    } catch (Throwable fault) {
      turn.restore(begun);
      throw fault;
    }
    CURRENT.set(turn);
    return turn;
  }

  /** It begins on this thread, with nothing in force. */
  static Turn beginWithNothing(@Nullable Object task) {
    return begin(Carried.nothing(Places.all()), task);
  }

  /** Whether this thread is at that task, and something is carried with it. */
  static boolean isOf(Object task) {
    Turn turn = CURRENT.get();
    return turn != null && turn.task == task;
  }

  /**
   * Every turn on this thread ends.
   *
   * @return as {@link #end}
   */
  static boolean endAll() {
    boolean left = false;
    for (Turn turn = CURRENT.get(); turn != null; turn = turn.outer) {
      left |= turn.end();
    }
    return left;
  }

  /**
   * It ends, and what was in force before is so again.
   *
   * @return whether the task had put something in force and not ended it
   */
  boolean end() {
    CURRENT.set(outer);
    return restore(places.length);
  }

  private boolean restore(int begun) {
    boolean left = false;
    for (int i = 0; i < begun; i++) {
      try {
        left |= places[i].restore(marks[i]);
      } catch (Throwable fault) {
        Log.fault("restoring a thread", fault);
      }
    }
    return left;
  }
}
