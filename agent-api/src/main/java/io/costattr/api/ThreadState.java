package io.costattr.api;

import org.jspecify.annotations.Nullable;

/**
 * What is in force on the current thread as a whole: for the costattr agent, which carries it to
 * other threads and sets it aside meanwhile. Not for applications: they carry by {@link
 * AttributionContext#wrap(Runnable)}.
 */
public final class ThreadState {
  private static volatile @Nullable Watcher watcher;

  private ThreadState() {}

  /** Is told of every scope; called on the thread that opens or closes it, and must not throw. */
  public interface Watcher {

    /**
     * A scope is open.
     *
     * @param origin what was handed to {@link #replace}; null for a scope of the application's own
     */
    void opened(Scope scope, Attribution attribution, @Nullable Object origin);

    /**
     * It is open no longer.
     *
     * @param left whether nobody had closed it when its task ended
     */
    void closed(Scope scope, boolean left);
  }

  /** From now on that one is told; null for nobody. */
  public static void watch(@Nullable Watcher next) {
    watcher = next;
  }

  /** The innermost scope that is open on this thread; null when there is none. */
  public static @Nullable Scope innermost() {
    return AttributionContext.top();
  }

  /** What is in force by that scope. */
  public static Attribution attribution(Scope innermost) {
    return ((AttributionContext.Frame) innermost).attribution();
  }

  /**
   * Puts exactly that in force on this thread, whatever is in force there.
   *
   * @param attribution null for nothing
   * @param origin for the watcher; may be null
   * @return the innermost scope so far, to be handed to {@link #restore}; null when there was none
   */
  public static @Nullable Scope replace(
      @Nullable Attribution attribution, @Nullable Object origin) {
    AttributionContext.Frame before = AttributionContext.top();
    AttributionContext.Frame base =
        attribution == null ? null : new AttributionContext.Frame(attribution);
    AttributionContext.put(base);
    if (base != null) {
      tellOpened(base, origin);
    }
    return before;
  }

  /**
   * Puts in force on this thread what {@link #innermost} or {@link #replace} returned, and ends
   * every scope that was opened since.
   *
   * @return whether one of those was the application's own, which has not closed it
   */
  public static boolean restore(@Nullable Scope before) {
    AttributionContext.Frame frame = AttributionContext.top();
    if (frame == before) {
      return false;
    }
    boolean left = false;
    for (; frame != null && frame != before; frame = frame.end()) {
      left |= frame.isOpen() && !frame.isBase();
    }
    AttributionContext.put((AttributionContext.Frame) before);
    return left;
  }

  static void tellOpened(AttributionContext.Frame frame, @Nullable Object origin) {
    Watcher told = watcher;
    if (told != null) {
      told.opened(frame, frame.attribution(), origin);
    }
  }

  static void tellClosed(AttributionContext.Frame frame, boolean left) {
    Watcher told = watcher;
    if (told != null) {
      told.closed(frame, left);
    }
  }
}
