package io.costattr.core.attribution;

import org.jspecify.annotations.Nullable;

/**
 * What the methods with {@code @Attributed} say that run on a thread: an inner one is merged over
 * the outer ones. A plain thread-local, apart from the one of the application's API, so that either
 * can have its own precedence. What is in force is one immutable object, that may be carried to
 * another thread: {@link #current} there, {@link #replace} here and, when the work is done, again.
 */
public final class AnnotationScope {
  private static final ThreadLocal<@Nullable Attribution> CURRENT = new ThreadLocal<>();

  private AnnotationScope() {}

  /**
   * A method that says so begins on this thread.
   *
   * @return what to hand to {@link #leave}
   */
  public static Attribution enter(Attribution said) {
    Attribution outer = CURRENT.get();
    CURRENT.set(outer == null ? said : outer.overlaid(said));
    return outer == null ? Attribution.NONE : outer;
  }

  /**
   * As {@link #enter}, of a method that nobody knows who pays for: what those around it say does
   * not hold within it.
   */
  public static Attribution enterUnknown() {
    Attribution outer = replace(null);
    return outer == null ? Attribution.NONE : outer;
  }

  /** Undoes what returned {@code entered}; null, and anything else, is nothing to undo. */
  public static void leave(@Nullable Object entered) {
    if (entered instanceof Attribution outer) {
      replace(outer.equals(Attribution.NONE) ? null : outer);
    }
  }

  /** What is in force on this thread; null when nothing is. */
  public static @Nullable Attribution current() {
    return CURRENT.get();
  }

  /**
   * Puts exactly that in force on this thread, null for nothing.
   *
   * @return what was in force, to be put back
   */
  public static @Nullable Attribution replace(@Nullable Attribution said) {
    Attribution before = CURRENT.get();
    if (said == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(said);
    }
    return before;
  }
}
