package io.costattr.core.attribution;

import io.costattr.core.carry.Place;
import io.costattr.core.carry.Places;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the methods with {@code @Attributed} say that run on a thread: an inner one is merged over
 * the outer ones. A plain thread-local, apart from the one of the application's API, so that either
 * can have its own precedence. What is in force is one immutable object, which goes along with work
 * for other threads.
 */
public final class AnnotationScope {
  private static final ThreadLocal<@Nullable Attribution> CURRENT = new ThreadLocal<>();

  /** Whether any method has said anything; what says nothing is not asked at every hand-off. */
  private static final AtomicBoolean EVER = new AtomicBoolean();

  private static final Place PLACE =
      new Place() {
        @Override
        public @Nullable Object mark() {
          return CURRENT.get();
        }

        @Override
        public @Nullable Object carried() {
          return CURRENT.get();
        }

        @Override
        public @Nullable Object replace(@Nullable Object carried) {
          return AnnotationScope.replace((Attribution) carried);
        }

        @Override
        public boolean restore(@Nullable Object mark) {
          // What was said since has ended with its method.
          CURRENT.set((Attribution) mark);
          return false;
        }
      };

  /** Stands for nothing that was in force before. */
  private static final Object NOTHING = new Object();

  private AnnotationScope() {}

  /**
   * A method that says so begins on this thread.
   *
   * @return what to hand to {@link #leave}
   */
  public static Object enter(Attribution said) {
    if (!EVER.get() && EVER.compareAndSet(false, true)) {
      Places.add(PLACE);
    }
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
