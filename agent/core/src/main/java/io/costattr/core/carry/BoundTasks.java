package io.costattr.core.carry;

import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with tasks that an executor queues as they are, found again by the task itself:
 * neither is that wrapped nor does the application see any of this. Thread-safe, without locks; a
 * task that is never run is held on to no longer than the application holds it.
 *
 * <p>Those of one class that wait in one executor are in a list of their own as long as they are
 * few. From when they were many, new ones are in lists by their identity hashes: the JVM makes one
 * for each object that is asked for it, which costs as much as looking through a few.
 *
 * <p>The same object can be in a queue more than once, handed over by different customers. Which
 * run is whose cannot be known then: such runs carry nothing until all of them are over. For that,
 * what is handed over with nothing in force counts as well, but costs the look-up only when tasks
 * of the same class and executor have carried something before.
 */
final class BoundTasks {
  /** Lists by identity: the first ones. */
  private static final int BY_IDENTITY = 1 << 16;

  /** Lists by executor and class, behind them, in the order of {@link #pairs}. */
  private static final int BY_CLASS = 1 << 12;

  /** An executor and a class have the first free one of so many places. */
  private static final int PROBES = 16;

  private static final int NOWHERE = -1;

  /** No more are in a list by executor and class. */
  private static final int FEW = 4;

  private static final int UNKNOWN = 0;

  /** Somebody looks through the queue. */
  private static final int BEGUN = 1;

  private static final int TRACKED = 2;

  /** No executor: the task is in one queue at a time. Always by identity: there may be many. */
  static final Object NO_POOL = new Object();

  private final AtomicReferenceArray<@Nullable BoundTask> lists =
      new AtomicReferenceArray<>(BY_IDENTITY + BY_CLASS);

  /**
   * Which executor and class has which place, for good; 0 where it is free. Once there are very
   * many, as of executors for one request each, others share the places that there are.
   */
  private final AtomicLongArray pairs = new AtomicLongArray(BY_CLASS);

  /** {@link #UNKNOWN}, {@link #BEGUN} or {@link #TRACKED}, by place. */
  private final AtomicIntegerArray flags = new AtomicIntegerArray(BY_CLASS);

  /** Whether any of them is not {@link #UNKNOWN}. */
  private boolean tracking;

  /**
   * Whether tasks of that class may be known; if not, nothing is to be asked here. A few
   * nanoseconds.
   */
  boolean isTracked(Object pool, Object task) {
    if (!tracking) {
      return false;
    }
    int place = place(pool, task);
    return place != NOWHERE && flags.get(place) != UNKNOWN;
  }

  /**
   * From now on tasks of that class are known. The first to come looks for those in the queue,
   * which were handed over with nothing.
   */
  void track(Object pool, Object task) {
    int place = ownPlace(pool, task);
    if (flags.get(place) == TRACKED) {
      return;
    }
    Collection<?> queued = queued(pool);
    if (flags.compareAndSet(place, UNKNOWN, BEGUN)) {
      tracking = true;
      VarHandle.fullFence();
      try {
        bindNothing(pool, queued, task);
      } finally {
        flags.set(place, TRACKED);
      }
    } else if (isIn(queued, task)) {
      // Whoever looks through the queue leaves alone what is bound, as this is about to be.
      bind(pool, task, BoundTask.NOTHING);
    }
  }

  /** A queue of the application's is not looked into: it might mind. */
  private static Collection<?> queued(Object pool) {
    Queue<?> queue = pool instanceof ThreadPoolExecutor executor ? executor.getQueue() : null;
    return queue == null || queue.getClass().getClassLoader() != null ? List.of() : queue;
  }

  private void bindNothing(Object pool, Collection<?> waiting, Object like) {
    for (Object queued : waiting) {
      if (queued.getClass() == like.getClass()
          && !isBound(BY_IDENTITY + ownPlace(pool, queued), pool, queued)
          && !isBound(byIdentity(queued), pool, queued)) {
        bind(pool, queued, BoundTask.NOTHING);
      }
    }
  }

  private static boolean isIn(Collection<?> waiting, Object task) {
    for (Object queued : waiting) {
      if (queued == task) {
        return true;
      }
    }
    return false;
  }

  private boolean isBound(int list, Object pool, Object task) {
    for (BoundTask bound = BoundTask.live(lists.get(list));
        bound != null;
        bound = bound.nextLive()) {
      if (bound.isOf(task, pool)) {
        return true;
      }
    }
    return false;
  }

  /** It was handed to that executor once more. */
  void bind(Object pool, Object task, Carried carried) {
    if (!bind(BY_IDENTITY + ownPlace(pool, task), FEW, pool, task, carried)) {
      bind(byIdentity(task), Integer.MAX_VALUE, pool, task, carried);
    }
  }

  /**
   * False when it is for others: whoever comes from now on finds the mark of a crowd in front, so
   * that no task is ever in two lists.
   */
  private boolean bind(int list, int most, Object pool, Object task, Carried carried) {
    while (true) {
      BoundTask first = lists.get(list);
      BoundTask live = BoundTask.live(first);
      int waiting = 0;
      for (BoundTask bound = live; bound != null; bound = bound.nextLive()) {
        if (bound.isOf(task, pool) && bound.add(carried)) {
          return true;
        }
        waiting++;
      }
      if (live != null && live.isCrowd()) {
        return false;
      }
      if (waiting >= most) {
        lists.compareAndSet(list, first, BoundTask.crowd(live));
      } else if (lists.compareAndSet(list, first, new BoundTask(task, pool, carried, live))) {
        return true;
      }
    }
  }

  /** It is in a queue of its own kind, with that and with nothing from before. */
  void rebind(Object task, Carried carried) {
    int list = byIdentity(task);
    while (true) {
      BoundTask first = lists.get(list);
      BoundTask live = BoundTask.live(first);
      for (BoundTask bound = live; bound != null; bound = bound.nextLive()) {
        if (bound.isOf(task, NO_POOL)) {
          bound.take();
        }
      }
      if (lists.compareAndSet(list, first, new BoundTask(task, NO_POOL, carried, live))) {
        return;
      }
    }
  }

  /**
   * It is taken from the executor's queue once, or will not be run.
   *
   * @return what goes along; null for nothing
   */
  @Nullable Carried take(Object pool, Object task) {
    int place = pool == NO_POOL ? NOWHERE : place(pool, task);
    Carried taken = place == NOWHERE ? null : take(BY_IDENTITY + place, pool, task);
    if (taken == null) {
      taken = take(byIdentity(task), pool, task);
    }
    return taken == BoundTask.NOTHING ? null : taken;
  }

  /** What goes along, maybe nothing; null when it is not in that list. */
  private @Nullable Carried take(int list, Object pool, Object task) {
    // Those that are over are left to whoever binds the next.
    for (BoundTask bound = lists.get(list); bound != null; bound = bound.next()) {
      Carried taken = bound.isOf(task, pool) ? bound.take() : null;
      if (taken != null) {
        if (list < BY_IDENTITY && bound.isOver()) {
          // There are so many of those lists that the next may be long in coming.
          lists.compareAndSet(list, bound, bound.next());
        }
        return taken;
      }
    }
    return null;
  }

  private static int byIdentity(Object task) {
    int hash = System.identityHashCode(task);
    return (hash ^ (hash >>> 16)) & (BY_IDENTITY - 1);
  }

  /** The place of an executor and a class; {@link #NOWHERE} when they have none. */
  private int place(Object pool, Object task) {
    long pair = pair(pool, task);
    int first = first(pair);
    for (int i = 0; i < PROBES; i++) {
      int place = (first + i) & (BY_CLASS - 1);
      long known = pairs.get(place);
      if (known == pair) {
        return place;
      }
      if (known == 0) {
        return NOWHERE;
      }
    }
    return first;
  }

  /** As {@link #place}; they have one from now on. */
  private int ownPlace(Object pool, Object task) {
    long pair = pair(pool, task);
    int first = first(pair);
    for (int i = 0; i < PROBES; i++) {
      int place = (first + i) & (BY_CLASS - 1);
      long known = pairs.get(place);
      if (known == pair
          || (known == 0 && (pairs.compareAndSet(place, 0, pair) || pairs.get(place) == pair))) {
        return place;
      }
    }
    return first;
  }

  private static long pair(Object pool, Object task) {
    return (long) System.identityHashCode(pool) << Integer.SIZE
        | Integer.toUnsignedLong(task.getClass().hashCode());
  }

  private static int first(long pair) {
    int hash = (int) (pair >>> Integer.SIZE) * 31 + (int) pair;
    return (hash ^ (hash >>> 16)) & (BY_CLASS - 1);
  }
}
