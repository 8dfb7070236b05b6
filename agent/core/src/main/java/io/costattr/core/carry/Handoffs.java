package io.costattr.core.carry;

import io.costattr.core.Log;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What woven executors tell of work that goes from one thread to another. A hand-off with nothing
 * in force may cost 20 ns in all, one that carries something 100. Called on the application's
 * threads, in the middle of executors: takes no lock, and what it throws is suppressed.
 */
public final class Handoffs {
  private static final BoundTasks BOUND = new BoundTasks();

  /** The threads that virtual threads run on; Object where there are none. */
  private static final Class<?> CARRIER = carrier();

  /** What {@link #before} returns on such a thread. */
  private static final Object UNTOUCHED = new Object();

  private Handoffs() {}

  /** The agent's part of {@code java.lang.CostattrHandoff}, in its order. */
  public static Object[] part() {
    Function<Object, @Nullable Object> capture = Handoffs::capture;
    Function<Object, @Nullable Object> captureAny = Handoffs::captureAny;
    Function<Object, @Nullable Object> captureStage = Handoffs::captureStage;
    Function<Object, Object> enter = Handoffs::enter;
    Consumer<Object> leave = Handoffs::leave;
    BiConsumer<Object, Object> handOver = Handoffs::handOver;
    BiConsumer<Object, Object> takeBack = Handoffs::takeBack;
    BiConsumer<Object, Object> taken = Handoffs::taken;
    BiConsumer<Object, Object> workerStarts = Handoffs::workerStarts;
    Runnable taskDone = Handoffs::taskDone;
    Consumer<Object> fork = Handoffs::fork;
    Consumer<Object> unfork = task -> takeBack(BoundTasks.NO_POOL, task);
    Function<Object, @Nullable Object> before = Handoffs::before;
    Consumer<@Nullable Object> after = Handoffs::after;
    return new Object[] {
      capture,
      captureAny,
      captureStage,
      enter,
      leave,
      handOver,
      takeBack,
      taken,
      workerStarts,
      taskDone,
      fork,
      unfork,
      before,
      after
    };
  }

  /**
   * Something begins on this thread that ends on it as well: a request, a job.
   *
   * @return what to hand to {@link #end}; may be null
   */
  public static @Nullable Object begin() {
    return isNothingInForce() ? null : Worker.now();
  }

  /** It ends: nothing that was put in force since stays so. */
  public static void end(@Nullable Object begun) {
    if (!isNothingInForce() && Worker.restore((Worker) begun)) {
      sayLeftOpen();
    }
  }

  /** What is in force on this thread goes along with an object of a library's queue, once. */
  public static void sendWith(Object carrier) {
    if (!isNothingInForce()) {
      bind(carrier);
    }
  }

  /**
   * What was sent with that object is in force from here on.
   *
   * @return what to hand to {@link #leave}; null when nothing was
   */
  public static @Nullable Object arrive(Object carrier) {
    return turnOf(carrier);
  }

  /** It is so no longer. */
  public static void leave(@Nullable Object arrived) {
    if (arrived instanceof Turn turn && turn.end()) {
      sayLeftOpen();
    }
  }

  private static void bind(Object carrier) {
    Carried carried = Carried.capture(Places.all(), null);
    if (carried != null) {
      BOUND.track(BoundTasks.NO_POOL, carrier);
      BOUND.rebind(carrier, carried);
    }
  }

  private static @Nullable Turn turnOf(Object carrier) {
    Carried carried =
        BOUND.isTracked(BoundTasks.NO_POOL, carrier)
            ? BOUND.take(BoundTasks.NO_POOL, carrier)
            : null;
    return carried == null ? null : Turn.begin(carried, carrier);
  }

  // Tasks that are made for one hand-off each.

  private static @Nullable Object capture(@Nullable Object task) {
    return isNothingInForce() || task == null || !Tasks.isWork(task) || Turn.isOf(task)
        ? null
        : Carried.capture(Places.all(), task);
  }

  private static @Nullable Object captureAny(@Nullable Object task) {
    return isNothingInForce() || task == null || !Tasks.isWorkOrJdk(task) || Turn.isOf(task)
        ? null
        : Carried.capture(Places.all(), task);
  }

  private static @Nullable Object captureStage(@Nullable Object action) {
    return isNothingInForce() || action == null || !Tasks.isOfApplication(action)
        ? null
        : Carried.capture(Places.all(), null);
  }

  private static Object enter(Object carried) {
    Carried known = (Carried) carried;
    return Turn.begin(known, known.task());
  }

  // Executors that queue tasks as they are.

  private static void handOver(Object pool, @Nullable Object task) {
    boolean nothing = isNothingInForce();
    if (task == null || (nothing && !BOUND.isTracked(pool, task))) {
      return;
    }
    Carried carried =
        nothing || !Tasks.isWork(task) || Turn.isOf(task)
            ? null
            // Not with the task, which is held on to weakly.
            : Carried.capture(Places.all(), null);
    if (carried != null || nothing || BOUND.isTracked(pool, task)) {
      BOUND.track(pool, task);
      BOUND.bind(pool, task, carried != null ? carried : BoundTask.NOTHING);
    }
  }

  private static void takeBack(Object pool, @Nullable Object task) {
    if (task != null && BOUND.isTracked(pool, task)) {
      BOUND.take(pool, task);
    }
  }

  private static void workerStarts(Object pool, @Nullable Object task) {
    if (!isNothingInForce()) {
      Worker.start();
    }
    OpenScopes.onPooledThread();
    taken(pool, task);
  }

  private static void taken(Object pool, @Nullable Object task) {
    if (task != null && BOUND.isTracked(pool, task)) {
      Carried carried = BOUND.take(pool, task);
      if (carried != null) {
        Turn.begin(carried, task);
      }
    }
  }

  private static void taskDone() {
    OpenScopes.onPooledThread();
    if (!isNothingInForce() && Worker.clean()) {
      sayLeftOpen();
    }
  }

  // ForkJoinTasks, which are in one queue at a time, and run within each other.

  private static void fork(Object task) {
    if (!isNothingInForce() && Tasks.isForkedWork(task)) {
      bind(task);
    }
  }

  private static @Nullable Object before(Object task) {
    if (Thread.currentThread().getClass() == CARRIER) {
      return UNTOUCHED;
    }
    OpenScopes.onPooledThread();
    Turn turn = turnOf(task);
    if (turn != null) {
      return turn;
    }
    // A thread that waits for a task of its own may run anybody's meanwhile.
    return isNothingInForce() ? null : Turn.beginWithNothing(task);
  }

  private static void after(@Nullable Object turn) {
    if (turn instanceof Turn) {
      leave(turn);
    } else if (turn == null && !isNothingInForce() && Worker.restore(null)) {
      sayLeftOpen();
    }
  }

  /** The first three are asked one by one: each question is compiled for the place it is put to. */
  static boolean isNothingInForce() {
    Place[] places = Places.all();
    return switch (places.length) {
      case 0 -> true;
      case 1 -> places[0].mark() == null;
      case 2 -> places[0].mark() == null && places[1].mark() == null;
      default ->
          places[0].mark() == null
              && places[1].mark() == null
              && places[2].mark() == null
              && isNothingInForceFrom(3, places);
    };
  }

  private static boolean isNothingInForceFrom(int first, Place[] places) {
    for (int i = first; i < places.length; i++) {
      if (places[i].mark() != null) {
        return false;
      }
    }
    return true;
  }

  private static void sayLeftOpen() {
    Log.warnOnce(
        "scope left open",
        "a task on thread "
            + Thread.currentThread().getName()
            + " has left an attribution scope open; it was ended with the task, so that the next"
            + " one does not have it (said once; costattr.debug.context.age tells where it was"
            + " opened)");
  }

  private static Class<?> carrier() {
    try {
      return Class.forName("jdk.internal.misc.CarrierThread", false, null);
    } catch (ClassNotFoundException noVirtualThreads) {
      return Object.class;
    }
  }
}
