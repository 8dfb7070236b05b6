package io.costattr.core.carry;

import org.jspecify.annotations.Nullable;

/**
 * All that is in force on a thread at one moment, as a value, for libraries that carry values of
 * their own from thread to thread. Immutable; may be handed to any thread, and equals another one
 * when a task could not tell them apart.
 */
public final class InForce {
  /** What {@link #enter} returns when there was nothing to do. */
  private static final Object UNCHANGED = new Object();

  /** What {@link #enter} returns when nothing was in force. */
  private static final Object NOTHING = new Object();

  private final Carried carried;
  private final @Nullable Worker marks;
  private final long thread;

  private InForce(Carried carried, @Nullable Worker marks, long thread) {
    this.carried = carried;
    this.marks = marks;
    this.thread = thread;
  }

  /** What is in force on this thread; null when nothing is. */
  public static @Nullable InForce now() {
    if (Handoffs.isNothingInForce()) {
      return null;
    }
    Place[] places = Places.all();
    Carried carried = Carried.capture(places, null);
    return new InForce(
        carried == null ? Carried.nothing(places) : carried,
        Worker.now(),
        Thread.currentThread().getId());
  }

  /** What the application itself has put among a library's values; null when it is not ours. */
  public static @Nullable InForce of(Object said) {
    Place[] places = Places.all();
    for (int i = 0; i < places.length; i++) {
      Object value = places[i].carried(said);
      if (value != null) {
        return new InForce(Carried.only(places, i, value), null, 0);
      }
    }
    return null;
  }

  /** Whether anything is carried anywhere. */
  public static boolean isCarried() {
    return Places.all().length > 0;
  }

  /**
   * Puts exactly that in force on this thread, to be undone by {@link #restore} with what was
   * {@link #now} before. What is in force already is left as it is.
   *
   * @param next null for nothing
   */
  public static void put(@Nullable InForce next) {
    for (Place place : Places.all()) {
      Object mark = place.mark();
      Object value = next == null ? null : next.carried.of(place);
      if (value == null ? mark != null : !isSame(next, place, mark, value)) {
        place.replace(value);
      }
    }
  }

  /**
   * Puts exactly that in force on this thread until {@link #leave}; costs next to nothing when it
   * is so already.
   *
   * @param next null for nothing
   * @return what to hand to {@link #leave}
   */
  public static Object enter(@Nullable InForce next) {
    if (isNow(next)) {
      return UNCHANGED;
    }
    InForce before = now();
    put(next);
    return before == null ? NOTHING : before;
  }

  /** It is in force no longer. */
  public static void leave(Object entered) {
    if (entered != UNCHANGED) {
      restore(entered instanceof InForce before ? before : null);
    }
  }

  private static boolean isNow(@Nullable InForce next) {
    for (Place place : Places.all()) {
      Object mark = place.mark();
      Object value = next == null ? null : next.carried.of(place);
      if (value == null ? mark != null : !isSame(next, place, mark, value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(
      @Nullable InForce next, Place place, @Nullable Object mark, Object value) {
    return mark != null
        && ((next != null && next.isOfThisThread() && next.mark(place) == mark)
            || value.equals(place.carried()));
  }

  /**
   * Puts in force again on this thread what was so, and ends whatever was put in force since.
   *
   * @param before what {@link #now} returned on this thread
   */
  public static void restore(@Nullable InForce before) {
    if (before == null || before.isOfThisThread()) {
      Worker.restore(before == null ? null : before.marks);
    } else {
      put(before);
    }
  }

  private boolean isOfThisThread() {
    return marks != null && thread == Thread.currentThread().getId();
  }

  private @Nullable Object mark(Place place) {
    return marks == null ? null : marks.mark(place);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InForce that && carried.isSameAs(that.carried);
  }

  @Override
  public int hashCode() {
    return carried.hash();
  }

  /** Who pays is nobody's business who prints a library's values. */
  @Override
  public String toString() {
    return "costattr";
  }
}
