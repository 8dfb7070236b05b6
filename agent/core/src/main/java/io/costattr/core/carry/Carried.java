package io.costattr.core.carry;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with one piece of work: all that was in force on the thread that handed it over,
 * from one moment. Immutable. Small, since the thread that it goes to has none of it in its cache:
 * there is seldom more than one place.
 */
final class Carried {
  private final Place[] places;
  private final @Nullable Object first;
  private final @Nullable Object @Nullable [] others;
  private final @Nullable Object task;

  private Carried(
      Place[] places,
      @Nullable Object first,
      @Nullable Object @Nullable [] others,
      @Nullable Object task) {
    this.places = places;
    this.first = first;
    this.others = others;
    this.task = task;
  }

  /**
   * What is in force on this thread.
   *
   * @param task what it goes along with, where that refers to this and not the other way round
   * @return null when nothing is
   */
  static @Nullable Carried capture(Place[] places, @Nullable Object task) {
    if (places.length == 0) {
      return null;
    }
    Object first = places[0].carried();
    @Nullable Object[] others = places.length == 1 ? null : othersOf(places);
    return first == null && others == null ? null : new Carried(places, first, others, task);
  }

  /** What is in force of the places but the first; null for nothing. */
  private static @Nullable Object @Nullable [] othersOf(Place[] places) {
    @Nullable Object[] others = null;
    for (int i = 1; i < places.length; i++) {
      Object value = places[i].carried();
      if (value != null) {
        others = others == null ? new Object[places.length - 1] : others;
        others[i - 1] = value;
      }
    }
    return others;
  }

  static Carried nothing(Place[] places) {
    return new Carried(places, null, null, null);
  }

  /** That of the place of that index, and nothing else. */
  static Carried only(Place[] places, int place, Object value) {
    if (place == 0) {
      return new Carried(places, value, null, null);
    }
    @Nullable Object[] others = new Object[places.length - 1];
    others[place - 1] = value;
    return new Carried(places, null, others, null);
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
    return place == 0 ? first : others == null ? null : others[place - 1];
  }

  /** What is carried of that place; null for nothing. */
  @Nullable Object of(Place place) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] == place) {
        return value(i);
      }
    }
    return null;
  }

  /** The same for those that are the same. */
  int hash() {
    return Objects.hashCode(first) * 31 + Arrays.hashCode(others);
  }

  /** Whether a task could not tell the one from the other. */
  boolean isSameAs(Carried other) {
    return this == other
        || (Arrays.equals(places, other.places)
            && Objects.equals(first, other.first)
            && Arrays.equals(others, other.others));
  }
}
