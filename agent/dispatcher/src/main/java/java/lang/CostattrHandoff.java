package java.lang;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import jdk.internal.vm.annotation.Hidden;

/**
 * What woven executors call where work goes from one thread to another: plain static methods that
 * pass on to the agent, so that nothing is linked, looked up or loaded on the way. Defined when
 * executors are woven, not before; it asks the agent for its part by the dispatcher.
 *
 * <p>A task is wrapped only where the application cannot see it, and neither the wrappers nor these
 * methods show in a stack trace. They throw what the task throws and nothing else.
 */
public final class CostattrHandoff {
  // Final, so that the compiler sees through them.
  private static final Function<Object, Object> CAPTURE;
  private static final Function<Object, Object> CAPTURE_ANY;
  private static final Function<Object, Object> CAPTURE_STAGE;
  private static final Function<Object, Object> ENTER;
  private static final Consumer<Object> LEAVE;
  private static final BiConsumer<Object, Object> HAND_OVER;
  private static final BiConsumer<Object, Object> TAKE_BACK;
  private static final BiConsumer<Object, Object> TAKEN;
  private static final BiConsumer<Object, Object> WORKER_STARTS;
  private static final Runnable TASK_DONE;
  private static final Consumer<Object> FORK;
  private static final Consumer<Object> UNFORK;
  private static final Function<Object, Object> BEFORE;
  private static final Consumer<Object> AFTER;

  static {
    Object[] part = (Object[]) CostattrDispatcher.call(new Object[] {"handoff"});
    CAPTURE = asking(part[0]);
    CAPTURE_ANY = asking(part[1]);
    CAPTURE_STAGE = asking(part[2]);
    ENTER = asking(part[3]);
    LEAVE = telling(part[4]);
    HAND_OVER = tellingBoth(part[5]);
    TAKE_BACK = tellingBoth(part[6]);
    TAKEN = tellingBoth(part[7]);
    WORKER_STARTS = tellingBoth(part[8]);
    TASK_DONE = (Runnable) part[9];
    FORK = telling(part[10]);
    UNFORK = telling(part[11]);
    BEFORE = asking(part[12]);
    AFTER = telling(part[13]);
  }

  private CostattrHandoff() {}

  @SuppressWarnings("unchecked")
  private static Function<Object, Object> asking(Object part) {
    return (Function<Object, Object>) part;
  }

  @SuppressWarnings("unchecked")
  private static Consumer<Object> telling(Object part) {
    return (Consumer<Object>) part;
  }

  @SuppressWarnings("unchecked")
  private static BiConsumer<Object, Object> tellingBoth(Object part) {
    return (BiConsumer<Object, Object>) part;
  }

  // Tasks that are made for one hand-off each.

  /** What goes along with a task that is being made; null for nothing. */
  public static Object capture(Object task) {
    return asked(CAPTURE, task);
  }

  /** Calls a task with what was captured when it was made. */
  @Hidden
  public static <T> T call(Callable<T> task, Object captured) throws Exception {
    Object turn = captured == null ? null : asked(ENTER, captured);
    try {
      return task.call();
    } finally {
      if (turn != null) {
        tell(LEAVE, turn);
      }
    }
  }

  /** The task, or one in its place that carries. */
  public static Runnable carryingRunnable(Runnable task) {
    return carrying(task, asked(CAPTURE, task));
  }

  /** The task, or one in its place that carries. */
  public static <T> Callable<T> carryingCallable(Callable<T> task) {
    Object captured = asked(CAPTURE, task);
    return captured == null ? task : new Call<T>(task, captured);
  }

  /** As those above, for a thread that does nothing but this task. */
  public static Runnable threadRunnable(Runnable task) {
    return carrying(task, asked(CAPTURE_ANY, task));
  }

  /** As those above, for a thread that does nothing but this task. */
  public static <T> Callable<T> threadCallable(Callable<T> task) {
    Object captured = asked(CAPTURE_ANY, task);
    return captured == null ? task : new Call<T>(task, captured);
  }

  private static Runnable carrying(Runnable task, Object captured) {
    if (captured == null) {
      return task;
    }
    return task instanceof Callable ? new RunOrCall(task, captured) : new Run(task, captured);
  }

  // Stages of a CompletableFuture, by what they are given to call.

  public static Runnable stageRunnable(Runnable action) {
    return carrying(action, asked(CAPTURE_STAGE, action));
  }

  public static <T> Supplier<T> stageSupplier(Supplier<T> action) {
    Object captured = asked(CAPTURE_STAGE, action);
    return captured == null ? action : new Supply<T>(action, captured);
  }

  public static <T, R> Function<T, R> stageFunction(Function<T, R> action) {
    Object captured = asked(CAPTURE_STAGE, action);
    return captured == null ? action : new Apply<T, R>(action, captured);
  }

  public static <T> Consumer<T> stageConsumer(Consumer<T> action) {
    Object captured = asked(CAPTURE_STAGE, action);
    return captured == null ? action : new Accept<T>(action, captured);
  }

  public static <T, U, R> BiFunction<T, U, R> stageBiFunction(BiFunction<T, U, R> action) {
    Object captured = asked(CAPTURE_STAGE, action);
    return captured == null ? action : new ApplyBoth<T, U, R>(action, captured);
  }

  public static <T, U> BiConsumer<T, U> stageBiConsumer(BiConsumer<T, U> action) {
    Object captured = asked(CAPTURE_STAGE, action);
    return captured == null ? action : new AcceptBoth<T, U>(action, captured);
  }

  // ThreadPoolExecutor, which may be given the same object more than once.

  /** The pool is given a task, on the thread that gives it. */
  public static void handOver(Object pool, Object task) {
    tell(HAND_OVER, pool, task);
  }

  /** The pool will not run it. */
  public static void takeBack(Object pool, Object task) {
    tell(TAKE_BACK, pool, task);
  }

  /** Whether one was removed from the pool's queue. */
  public static void removed(boolean removed, Object pool, Object task) {
    if (removed) {
      tell(TAKE_BACK, pool, task);
    }
  }

  /** They were all removed from the pool's queue. */
  public static void drained(Object tasks, Object pool) {
    for (Object task : (List<?>) tasks) {
      tell(TAKE_BACK, pool, task);
    }
  }

  /** This thread begins to work for the pool, with that task when it is not null. */
  public static void workerStarts(Object pool, Object task) {
    tell(WORKER_STARTS, pool, task);
  }

  /** This thread, a worker of the pool's, is about to run that task; null when it ends. */
  public static void taken(Object task, Object pool) {
    tell(TAKEN, pool, task);
  }

  /** This thread, a worker of a pool's, has done with its task. */
  public static void taskDone() {
    try {
      TASK_DONE.run();
    } catch (Throwable fault) {
      return;
    }
  }

  // ForkJoinTask, which is in one queue at a time.

  public static void fork(Object task) {
    tell(FORK, task);
  }

  public static void unforked(boolean unforked, Object task) {
    if (unforked) {
      tell(UNFORK, task);
    }
  }

  /**
   * This thread is about to run a task that it took from a queue.
   *
   * @return what to hand to {@link #after}
   */
  public static Object before(Object task) {
    return asked(BEFORE, task);
  }

  public static void after(Object turn) {
    tell(AFTER, turn);
  }

  private static Object asked(Function<Object, Object> part, Object about) {
    try {
      return part.apply(about);
    } catch (Throwable fault) {
      return null;
    }
  }

  private static void tell(Consumer<Object> part, Object about) {
    try {
      part.accept(about);
    } catch (Throwable fault) {
      return;
    }
  }

  private static void tell(BiConsumer<Object, Object> part, Object pool, Object task) {
    try {
      part.accept(pool, task);
    } catch (Throwable fault) {
      return;
    }
  }

  /** What carries in the place of something to be called. */
  private abstract static class Carrying<F> {
    final F original;
    final Object captured;

    Carrying(F original, Object captured) {
      this.original = original;
      this.captured = captured;
    }

    final Object enter() {
      return asked(ENTER, captured);
    }

    static void leave(Object turn) {
      if (turn != null) {
        tell(LEAVE, turn);
      }
    }

    @Override
    public String toString() {
      return original.toString();
    }
  }

  // One class for each interface, and no class with two of them: executors tell by those what to
  // call.

  private static class Run extends Carrying<Runnable> implements Runnable {
    Run(Runnable original, Object captured) {
      super(original, captured);
    }

    @Hidden
    @Override
    public final void run() {
      Object turn = enter();
      try {
        original.run();
      } finally {
        leave(turn);
      }
    }
  }

  /**
   * In the place of what is a {@code Callable} as well: it is the executor's choice which counts.
   */
  private static final class RunOrCall extends Run implements Callable<Object> {
    RunOrCall(Runnable original, Object captured) {
      super(original, captured);
    }

    @Hidden
    @Override
    public Object call() throws Exception {
      return CostattrHandoff.call((Callable<?>) original, captured);
    }
  }

  private static final class Call<T> extends Carrying<Callable<T>> implements Callable<T> {
    Call(Callable<T> original, Object captured) {
      super(original, captured);
    }

    @Hidden
    @Override
    public T call() throws Exception {
      return CostattrHandoff.call(original, captured);
    }
  }

  private static final class Supply<T> extends Carrying<Supplier<T>> implements Supplier<T> {
    Supply(Supplier<T> original, Object captured) {
      super(original, captured);
    }

    @Hidden
    @Override
    public T get() {
      Object turn = enter();
      try {
        return original.get();
      } finally {
        leave(turn);
      }
    }
  }

  private static final class Apply<T, R> extends Carrying<Function<T, R>>
      implements Function<T, R> {
    Apply(Function<T, R> original, Object captured) {
      super(original, captured);
    }

    @Hidden
    @Override
    public R apply(T result) {
      Object turn = enter();
      try {
        return original.apply(result);
      } finally {
        leave(turn);
      }
    }
  }

  private static final class Accept<T> extends Carrying<Consumer<T>> implements Consumer<T> {
    Accept(Consumer<T> original, Object captured) {
      super(original, captured);
    }

    @Hidden
    @Override
    public void accept(T result) {
      Object turn = enter();
      try {
        original.accept(result);
      } finally {
        leave(turn);
      }
    }
  }

  private static final class ApplyBoth<T, U, R> extends Carrying<BiFunction<T, U, R>>
      implements BiFunction<T, U, R> {
    ApplyBoth(BiFunction<T, U, R> original, Object captured) {
      super(original, captured);
    }

    @Hidden
    @Override
    public R apply(T one, U other) {
      Object turn = enter();
      try {
        return original.apply(one, other);
      } finally {
        leave(turn);
      }
    }
  }

  private static final class AcceptBoth<T, U> extends Carrying<BiConsumer<T, U>>
      implements BiConsumer<T, U> {
    AcceptBoth(BiConsumer<T, U> original, Object captured) {
      super(original, captured);
    }

    @Hidden
    @Override
    public void accept(T one, U other) {
      Object turn = enter();
      try {
        original.accept(one, other);
      } finally {
        leave(turn);
      }
    }
  }
}
