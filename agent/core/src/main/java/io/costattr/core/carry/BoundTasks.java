package io.costattr.core.carry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with tasks that an executor queues as they are, found again by the identity of
 * the task: neither is the task wrapped nor does the application see any of this. Thread-safe,
 * without locks; a task that is never run is held on to no longer than the application holds it.
 *
 * <p>The same object can be in a queue more than once, handed over by different customers. Which
 * run is whose cannot be known then: such runs carry nothing until all of them are over. For that,
 * what is handed over with nothing in force counts as well, but costs the look-up only when tasks
 * of the same class and executor have carried something before.
 */
final class BoundTasks {
  private static final int BUCKETS = 1 << 16;
  private static final int FLAGS = 1 << 12;

  private static final int UNKNOWN = 0;

  /** Somebody looks through the queue. */
  private static final int BEGUN = 1;

  private static final int TRACKED = 2;

  /** No executor: the task is in one queue at a time. */
  static final Object NO_POOL = new Object();

  private final AtomicReferenceArray<@Nullable Entry> buckets = new AtomicReferenceArray<>(BUCKETS);

  /** {@link #UNKNOWN}, {@link #BEGUN} or {@link #TRACKED}, by executor and class. */
  private final AtomicIntegerArray flags = new AtomicIntegerArray(FLAGS);

  /** Whether any of them is not {@link #UNKNOWN}. */
  private boolean tracking;

  /**
   * Whether tasks of that class may be known; if not, nothing is to be asked here. A few
   * nanoseconds.
   */
  boolean isTracked(Object pool, Object task) {
    return tracking && flags.get(flag(pool, task)) != UNKNOWN;
  }

  /**
   * From now on tasks of that class are known. The first to come looks for those in the queue,
   * which were handed over with nothing.
   */
  void track(Object pool, Object task) {
    int flag = flag(pool, task);
    if (flags.get(flag) == TRACKED) {
      return;
    }
    Collection<?> queued = queued(pool);
    if (flags.compareAndSet(flag, UNKNOWN, BEGUN)) {
      tracking = true;
      VarHandle.fullFence();
      try {
        bindNothing(pool, queued, task);
      } finally {
        flags.set(flag, TRACKED);
      }
    } else if (isIn(queued, task)) {
      // Whoever looks through the queue leaves alone what is bound, as this is about to be.
      bind(pool, task, Carried.nothing(Places.all()));
    }
  }

  /** A queue of the application's is not looked into: it might mind. */
  private static Collection<?> queued(Object pool) {
    Queue<?> queue = pool instanceof ThreadPoolExecutor executor ? executor.getQueue() : null;
    return queue == null || queue.getClass().getClassLoader() != null ? List.of() : queue;
  }

  private void bindNothing(Object pool, Collection<?> waiting, Object like) {
    for (Object queued : waiting) {
      if (queued.getClass() == like.getClass() && !isBound(pool, queued)) {
        bind(pool, queued, Carried.nothing(Places.all()));
      }
    }
  }

  private boolean isBound(Object pool, Object task) {
    int bucket = bucket(System.identityHashCode(task));
    for (Entry entry = live(bucket, buckets.get(bucket)); entry != null; entry = live(entry)) {
      if (entry.isOf(task, pool)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(Collection<?> waiting, Object task) {
    for (Object queued : waiting) {
      if (queued == task) {
        return true;
      }
    }
    return false;
  }

  /** It was handed to that executor once more. */
  void bind(Object pool, Object task, Carried carried) {
    int bucket = bucket(System.identityHashCode(task));
    while (true) {
      Entry first = buckets.get(bucket);
      for (Entry entry = live(bucket, first); entry != null; entry = live(entry)) {
        if (entry.isOf(task, pool) && entry.add(carried)) {
          return;
        }
      }
      if (buckets.compareAndSet(bucket, first, new Entry(task, pool, carried, first))) {
        return;
      }
    }
  }

  /** It is in a queue of its own kind, with that and with nothing from before. */
  void rebind(Object task, Carried carried) {
    int bucket = bucket(System.identityHashCode(task));
    while (true) {
      Entry first = buckets.get(bucket);
      for (Entry entry = live(bucket, first); entry != null; entry = live(entry)) {
        if (entry.isOf(task, NO_POOL)) {
          entry.take();
        }
      }
      if (buckets.compareAndSet(bucket, first, new Entry(task, NO_POOL, carried, first))) {
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
    int bucket = bucket(System.identityHashCode(task));
    // Those that are over, of tasks that were never run, are left to whoever binds the next.
    for (Entry entry = buckets.get(bucket); entry != null; entry = entry.next()) {
      int state = entry.isOf(task, pool) ? entry.take() : 0;
      if (state != 0) {
        if ((state & Entry.COUNT) == 1) {
          // Nearly always the first one.
          buckets.compareAndSet(bucket, entry, entry.next());
        }
        return state > Entry.COUNT || entry.carried.isNothing() ? null : entry.carried;
      }
    }
    return null;
  }

  /** The first entry of a bucket that is not over. */
  private @Nullable Entry live(int bucket, @Nullable Entry first) {
    Entry entry = first;
    while (entry != null && entry.isOver()) {
      // When another one was put in front meanwhile, that one's next look will do it.
      buckets.compareAndSet(bucket, entry, entry.next());
      entry = entry.next();
    }
    return entry;
  }

  /** The next entry that is not over; those between are unlinked, more than once when two do it. */
  private static @Nullable Entry live(Entry entry) {
    Entry next = entry.next();
    while (next != null && next.isOver()) {
      next = next.next();
    }
    if (next != entry.next()) {
      entry.next(next);
    }
    return next;
  }

  private static int bucket(int hash) {
    return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
  }

  private static int flag(Object pool, Object task) {
    int hash = System.identityHashCode(pool) * 31 + task.getClass().hashCode();
    return (hash ^ (hash >>> 16)) & (FLAGS - 1);
  }

  /** What goes along with a task in an executor. */
  private static final class Entry extends WeakReference<Object> {
    /** How often it is in a queue. */
    private static final int COUNT = 0x3fffffff;

    /** With different things. */
    private static final int MIXED = 0x40000000;

    private static final VarHandle STATE;
    private static final VarHandle NEXT;

    static {
      try {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        STATE = lookup.findVarHandle(Entry.class, "state", int.class);
        NEXT = lookup.findVarHandle(Entry.class, "next", Entry.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private final int pool;
    private final Carried carried;

    // Not volatile: what the constructor writes is published with the entry, by the bucket, and
    // needs no fences of its own, which cost more than all the rest. Else only as the handles say.
    @SuppressWarnings("UnusedVariable")
    private int state = 1;

    @SuppressWarnings("UnusedVariable")
    private @Nullable Entry next;

    Entry(Object task, Object pool, Carried carried, @Nullable Entry next) {
      super(task);
      this.pool = System.identityHashCode(pool);
      this.carried = carried;
      this.next = next;
    }

    private int state() {
      return (int) STATE.getVolatile(this);
    }

    @Nullable Entry next() {
      return (Entry) NEXT.getVolatile(this);
    }

    void next(@Nullable Entry newNext) {
      NEXT.setVolatile(this, newNext);
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
        int mixed = more.isSameAs(carried) ? 0 : MIXED;
        if (STATE.compareAndSet(this, known, (known + 1) | mixed)) {
          return true;
        }
      }
    }

    /** Once less; the state so far, 0 when it is over. */
    int take() {
      while (true) {
        int known = state();
        if ((known & COUNT) == 0) {
          return 0;
        }
        int fewer = known - 1;
        if (STATE.compareAndSet(this, known, (fewer & COUNT) == 0 ? 0 : fewer)) {
          return known;
        }
      }
    }
  }
}
