package io.costattr.core.carry;

import org.jspecify.annotations.Nullable;

/**
 * One kind of thing that a thread has in force while it works for somebody, and that goes along
 * with work it hands to another thread. Kept in a thread local, never an inheritable one. Each
 * method is called on the thread that it is about, must be quick, and may throw.
 */
public interface Place {

  /**
   * What is in force, told by identity from what was before and what will be; null for nothing. A
   * few nanoseconds: asked at every hand-off.
   */
  @Nullable Object mark();

  /** What goes along with work from here: immutable, with an {@code equals}; null for nothing. */
  @Nullable Object carried();

  /**
   * What goes along with work when the application says so by itself, by an object of its own.
   *
   * @return as {@link #carried()}; null when this is not the place for it
   */
  default @Nullable Object carried(Object said) {
    return null;
  }

  /**
   * Puts exactly that in force.
   *
   * @param carried what {@link #carried} returned, on whichever thread; null for nothing
   * @return the mark of what was in force before
   */
  @Nullable Object replace(@Nullable Object carried);

  /**
   * Puts in force again what had that mark, and ends whatever was put in force since.
   *
   * @return whether the application had put something in force since and not ended it
   */
  boolean restore(@Nullable Object mark);
}
