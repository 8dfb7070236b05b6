package io.costattr.core.carry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with a task in an executor; an element of one of {@link BoundTasks}' lists.
 * Thread-safe.
 */
final class BoundTask extends WeakReference<Object> {
  /** How often it is in a queue. */
  private static final int COUNT = 0x3fffffff;

  /** With different things. */
  private static final int MIXED = 0x40000000;

  /** In the place of a task, and of an executor: no task is that. */
  private static final Object CROWD = new Object();

  /** In the place of what is carried: nothing is, or nobody knows what. */
  static final Carried NOTHING = Carried.nothing(new Place[0]);

  private static final VarHandle STATE;
  private static final VarHandle NEXT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(BoundTask.class, "state", int.class);
      NEXT = lookup.findVarHandle(BoundTask.class, "next", BoundTask.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int pool;

  /** Null when it is over: what was carried would else be held on to until others come. */
  private @Nullable Carried carried;

  // Not volatile: what the constructor writes is published with the element, by its list, and
  // needs no fences of its own, which cost more than all the rest. Else only as the handles say.
  @SuppressWarnings("UnusedVariable")
  private int state = 1;

  @SuppressWarnings("UnusedVariable")
  private @Nullable BoundTask next;

  BoundTask(Object task, Object pool, Carried carried, @Nullable BoundTask next) {
    super(task);
    this.pool = System.identityHashCode(pool);
    this.carried = carried;
    this.next = next;
  }

  /** An element that is no task, and never over: it says that there are more elsewhere. */
  static BoundTask crowd(@Nullable BoundTask next) {
    return new BoundTask(CROWD, CROWD, NOTHING, next);
  }

  boolean isCrowd() {
    return refersTo(CROWD);
  }

  private int state() {
    return (int) STATE.getVolatile(this);
  }

  /** The next one in the list, over or not. */
  @Nullable BoundTask next() {
    return (BoundTask) NEXT.getVolatile(this);
  }

  /** The first that is not over, from that one on. */
  static @Nullable BoundTask live(@Nullable BoundTask first) {
    BoundTask bound = first;
    while (bound != null && bound.isOver()) {
      bound = bound.next();
    }
    return bound;
  }

  /** The next one that is not over; those between are unlinked, more than once when two do it. */
  @Nullable BoundTask nextLive() {
    BoundTask next = next();
    BoundTask live = live(next);
    if (live != next) {
      NEXT.setVolatile(this, live);
    }
    return live;
  }

  boolean isOf(Object task, Object ofPool) {
    return refersTo(task) && pool == System.identityHashCode(ofPool);
  }

  boolean isOver() {
    return (state() & COUNT) == 0 || refersTo(null);
  }

  /** Once more; false when it is over. */
  boolean add(Carried more) {
    while (true) {
      int known = state();
      if ((known & COUNT) == 0) {
        return false;
      }
      Carried mine = carried;
      int mixed = mine != null && more.isSameAs(mine) ? 0 : MIXED;
      if (STATE.compareAndSet(this, known, (known + 1) | mixed)) {
        return true;
      }
    }
  }

  /**
   * Once less.
   *
   * @return what goes along, {@link #NOTHING} when nobody knows what; null when it was over
   */
  @Nullable Carried take() {
    while (true) {
      int known = state();
      if ((known & COUNT) == 0) {
        return null;
      }
      Carried mine = carried;
      if (STATE.compareAndSet(this, known, known - 1)) {
        if ((known & COUNT) == 1) {
          carried = null;
        }
        return (known & MIXED) == 0 ? mine : NOTHING;
      }
    }
  }
}
