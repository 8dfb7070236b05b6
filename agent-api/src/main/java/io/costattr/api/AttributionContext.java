package io.costattr.api;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The attribution in force on the current thread.
 *
 * <pre>{@code
 * try (var scope = AttributionContext.with(Attribution.builder()
 *         .feature("support-chat").customerId("cust_4291").team("growth").build())) {
 *     client.chat().completions().create(params);
 * }
 * }</pre>
 *
 * Scopes nest: an inner attribution is merged over the outer one. A plain thread-local holds it: it
 * is never inherited by new threads; {@link #wrap(Runnable)} carries it to one. All methods may be
 * called from any thread.
 */
public final class AttributionContext {
  private static final ThreadLocal<@Nullable Frame> TOP = new ThreadLocal<>();

  private AttributionContext() {}

  /** The attribution in force on this thread; {@link Attribution#none()} when there is none. */
  public static Attribution current() {
    Frame top = top();
    return top == null ? Attribution.none() : top.attribution();
  }

  /**
   * Puts {@code attribution}, merged over what is in force, in force on this thread until the scope
   * is closed.
   */
  public static Scope with(Attribution attribution) {
    return open(current().merge(attribution));
  }

  /** Runs {@code task} with {@code attribution} merged over what is in force. */
  public static void run(Attribution attribution, Runnable task) {
    try (Scope scope = with(attribution)) {
      task.run();
    }
  }

  /**
   * Calls {@code task} with {@code attribution} merged over what is in force.
   *
   * @return what the task returns
   * @throws Exception what the task throws
   */
  public static <T extends @Nullable Object> T call(Attribution attribution, Callable<T> task)
      throws Exception {
    try (Scope scope = with(attribution)) {
      return task.call();
    }
  }

  /**
   * A task that runs under exactly the attribution in force now, whichever thread runs it; what is
   * in force there is set aside meanwhile, also when nothing is in force now.
   */
  public static Runnable wrap(Runnable task) {
    Attribution captured = current();
    return () -> {
      try (Scope scope = open(captured)) {
        task.run();
      }
    };
  }

  /** As {@link #wrap(Runnable)}, for a callable. */
  public static <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
    Attribution captured = current();
    return () -> {
      try (Scope scope = open(captured)) {
        return task.call();
      }
    };
  }

  /** As {@link #wrap(Runnable)}, for a supplier. */
  public static <T extends @Nullable Object> Supplier<T> wrap(Supplier<T> task) {
    Attribution captured = current();
    return () -> {
      try (Scope scope = open(captured)) {
        return task.get();
      }
    };
  }

  /**
   * An executor that hands every task to {@code executor} wrapped: it runs under the attribution in
   * force where {@code execute} was called.
   */
  public static Executor wrap(Executor executor) {
    return task -> executor.execute(wrap(task));
  }

  private static Scope open(Attribution attribution) {
    Frame frame = new Frame(attribution, top(), Thread.currentThread());
    TOP.set(frame);
    ThreadState.tellOpened(frame, null);
    return frame;
  }

  /** The innermost open frame; frames closed from elsewhere are dropped on the way. */
  static @Nullable Frame top() {
    Frame top = TOP.get();
    return top == null || top.isOpen() ? top : drop(top);
  }

  /** Goes on with what is open below that, which is closed. */
  private static @Nullable Frame drop(Frame closed) {
    Frame top = closed;
    while (top != null && !top.isOpen()) {
      top = top.outer;
    }
    TOP.set(top);
    return top;
  }

  /**
   * That is the innermost frame. The variable is not removed when there is none: the next one comes
   * soon, and what stays on the thread refers to nothing of the application's.
   */
  static void put(@Nullable Frame top) {
    TOP.set(top);
  }

  static final class Frame implements Scope {
    /** What a frame begins with, without being written. */
    private static final int OPEN = 0;

    private static final int CLOSED = 1;

    /** Ended with the task that had opened it; that it is closed later is no mistake. */
    private static final int ENDED = 2;

    private final Attribution attribution;
    private final @Nullable Frame outer;
    private final Thread owner;
    private final boolean base;
    private volatile int state;

    Frame(Attribution attribution, @Nullable Frame outer, Thread owner) {
      this.attribution = attribution;
      this.outer = outer;
      this.owner = owner;
      this.base = false;
    }

    /** One that hides what is in force on this thread. */
    Frame(Attribution attribution) {
      this.attribution = attribution;
      this.outer = null;
      this.owner = Thread.currentThread();
      this.base = true;
    }

    Attribution attribution() {
      return attribution;
    }

    /** Whether it came with a task, and was not opened by the application. */
    boolean isBase() {
      return base;
    }

    boolean isOpen() {
      return state == OPEN;
    }

    /**
     * Ends it, whether it was closed or not.
     *
     * @return the one that it was opened in
     */
    @Nullable Frame end() {
      if (base) {
        // Nobody else knows it.
        ThreadState.tellClosed(this, false);
      } else if (state == OPEN) {
        state = ENDED;
        ThreadState.tellClosed(this, true);
      }
      return outer;
    }

    @Override
    public void close() {
      if (state != OPEN) {
        if (state == CLOSED) {
          Misuse.report(Misuse.CLOSED_TWICE);
        }
        return;
      }
      if (Thread.currentThread() != owner) {
        closed();
        Misuse.report(Misuse.CLOSED_ON_ANOTHER_THREAD);
        return;
      }
      boolean inOrder = top() == this;
      closed();
      if (inOrder) {
        drop(this);
      } else {
        Misuse.report(Misuse.CLOSED_OUT_OF_ORDER);
      }
    }

    private void closed() {
      state = CLOSED;
      ThreadState.tellClosed(this, false);
    }
  }
}
