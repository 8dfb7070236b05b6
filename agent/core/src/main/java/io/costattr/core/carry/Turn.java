package io.costattr.core.carry;

import io.costattr.core.Log;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A task's turn on a thread: what it carries is in force, what was in force before is set aside.
 * Begun and ended on that thread.
 */
final class Turn {
  private static final ThreadLocal<@Nullable Current> CURRENT = new ThreadLocal<>();

  /** In the place of the mark of what was not replaced, since there was nothing to do. */
  private static final Object UNTOUCHED = new Object();

  private final Current current;
  private final Place[] places;
  private final @Nullable Object task;
  private final @Nullable Turn outer;
  private @Nullable Object firstMark = UNTOUCHED;
  private @Nullable Object @Nullable [] otherMarks;

  /** The innermost turn of a thread: kept there for good, so that a turn begins with one look. */
  private static final class Current {
    private @Nullable Turn turn;
  }

  private Turn(Current current, Place[] places, @Nullable Object task) {
    this.current = current;
    this.places = places;
    this.task = task;
    this.outer = current.turn;
  }

  /** It begins on this thread, with exactly that in force. */
  static Turn begin(Carried carried, @Nullable Object task) {
    Current current = CURRENT.get();
    if (current == null) {
      current = new Current();
      CURRENT.set(current);
    }
    Turn turn = new Turn(current, carried.places(), task);
    try {
      turn.replaceAll(carried);
    } catch (Throwable fault) {
      turn.restoreAll();
      throw fault;
    }
    current.turn = turn;
    return turn;
  }

  /** It begins on this thread, with nothing in force. */
  static Turn beginWithNothing(@Nullable Object task) {
    return begin(Carried.nothing(Places.all()), task);
  }

  /** Whether this thread is at that task, and something is carried with it. */
  static boolean isOf(Object task) {
    Turn turn = innermost();
    return turn != null && turn.task == task;
  }

  /**
   * Every turn on this thread ends, but for restoring what was in force before the outermost of
   * them where that is nothing: the caller does that anyway.
   *
   * @return as {@link #end}
   */
  static boolean endAll() {
    Current current = CURRENT.get();
    Turn innermost = current == null ? null : current.turn;
    if (current != null && innermost != null && innermost.isOverNothing()) {
      current.turn = null;
      return false;
    }
    boolean left = false;
    for (Turn turn = innermost; turn != null; turn = turn.outer) {
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
    current.turn = outer;
    return restoreAll();
  }

  private static @Nullable Turn innermost() {
    Current current = CURRENT.get();
    return current == null ? null : current.turn;
  }

  /** Whether it is the only one of its thread, and nothing is to be put in force after it. */
  private boolean isOverNothing() {
    return outer == null && (firstMark == null || firstMark == UNTOUCHED) && otherMarks == null;
  }

  private void replaceAll(Carried carried) {
    Object first = carried.value(0);
    if (first != null || places[0].mark() != null) {
      firstMark = places[0].replace(first);
    }
    for (int i = 1; i < places.length; i++) {
      Object value = carried.value(i);
      if (value != null || places[i].mark() != null) {
        if (otherMarks == null) {
          otherMarks = new Object[places.length - 1];
          Arrays.fill(otherMarks, UNTOUCHED);
        }
        otherMarks[i - 1] = places[i].replace(value);
      }
    }
  }

  private boolean restoreAll() {
    boolean left = restore(places[0], firstMark);
    for (int i = 1; i < places.length; i++) {
      left |= restore(places[i], otherMarks == null ? UNTOUCHED : otherMarks[i - 1]);
    }
    return left;
  }

  private static boolean restore(Place place, @Nullable Object mark) {
    try {
      if (mark != UNTOUCHED) {
        return place.restore(mark);
      }
      // What was nothing before may be something now, by the application.
      return place.mark() != null && place.restore(null);
    } catch (Throwable fault) {
      Log.fault("restoring a thread", fault);
      return false;
    }
  }
}
