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

  /** Stands for nothing that was in force before. */
  private static final Object NOTHING = new Object();

  private AnnotationScope() {}

  /**
   * A method that says so begins on this thread.
   *
   * @return what to hand to {@link #leave}
   */
  public static Object enter(Attribution said) {
    Attribution outer = CURRENT.get();
    CURRENT.set(outer == null ? said : outer.overlaid(said));
    return outer == null ? NOTHING : outer;
  }

  /**
   * As {@link #enter}, of a method that nobody knows who pays for: what those around it say does
   * not hold within it.
   */
  public static Object enterUnknown() {
    Attribution outer = replace(null);
    return outer == null ? NOTHING : outer;
  }

  /** Undoes what returned {@code entered}; null, and anything else, is nothing to undo. */
  public static void leave(@Nullable Object entered) {
    if (entered == NOTHING) {
      CURRENT.set(null);
    } else if (entered instanceof Attribution outer) {
      CURRENT.set(outer);
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
    // Not removed: the next method would have to make room for it again.
    CURRENT.set(said);
    return before;
  }
}
