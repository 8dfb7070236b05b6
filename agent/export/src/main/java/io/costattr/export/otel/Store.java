package io.costattr.export.otel;

import java.util.List;

/**
 * Where an outbox keeps its items beside its queue, so that they outlive it. Nothing but {@link
 * #close} waits for a disk. Thread-safe.
 */
interface Store<T> {

  /** A store that keeps nothing. */
  static <T> Store<T> none() {
    return new NoStore<>();
  }

  /**
   * Begins.
   *
   * @param kept told when items were kept
   * @param ready told when something is to be had from {@link #next}
   */
  void start(Runnable kept, Runnable ready);

  /** Begins to keep an item that came. */
  void keep(T item);

  /**
   * Lets go of an item that waits in memory.
   *
   * @return whether it is kept, and {@link #next} will tell of it
   */
  boolean release(T item);

  /** Those are no longer needed: they were delivered or given up. */
  void forget(List<T> items);

  /** The collector takes: what nobody holds in memory can be sent. */
  void resume();

  /** The collector does not take: what is kept now may have to be for long. */
  void pause();

  /** Whether it has not kept all yet that it was given, and will before long. */
  boolean isCatchingUp();

  /** Whether an item that is given to it now will outlive the queue, as far as is known. */
  boolean isKeeping();

  /** What nobody holds in memory; empty when nothing is to be had yet. */
  List<T> next();

  /**
   * Ends, at the latest by then ({@code nanoTime}).
   *
   * @return how many of those, which could not be delivered, are kept
   */
  int close(List<T> left, long nanos);
}
