package io.costattr.export.otel;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Spans or events on their way to the collector: a bounded queue, and a thread that exports it in
 * batches. Every item ends in exactly one of two counts, {@link #exported} or {@link #lost}. A
 * batch that failed for a reason that may pass is kept, in order, and sent again while the queue
 * behind it fills; so a collector may get it twice, with the same event ids.
 */
final class Outbox<T> {

  /** What an outbox needs of an exporter. */
  interface Exporter<T> {
    CompletableResultCode export(Collection<T> batch);

    void shutdown();
  }

  /** How an outbox batches; times in milliseconds. */
  record Limits(int queueSize, int batchSize, long delay, long exportTimeout) {}

  private static final long MOMENT_NANOS = 200_000_000;
  private static final long FIRST_BACKOFF = 1_000;
  private static final long LAST_BACKOFF = 10_000;

  /** Milliseconds for a thread to count what it had in hand when its exporter was shut down. */
  private static final long LAST_WORDS = 50;

  private final String name;
  private final Exporter<T> exporter;
  private final Limits limits;
  private final Collector collector;
  private final BooleanSupplier patience;
  private final Deque<T> queue = new ArrayDeque<>();
  private final LongAdder exported = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final Thread thread;
  private boolean taking = true;
  private boolean closing;
  private long closeBy;
  private boolean overflowSaid;

  /**
   * @param name what is in it, in the plural, for messages and the thread's name
   * @param patience whether who adds may be held up a little
   */
  Outbox(
      String name,
      Exporter<T> exporter,
      Limits limits,
      Collector collector,
      BooleanSupplier patience) {
    this.name = name;
    this.exporter = exporter;
    this.limits = limits;
    this.collector = collector;
    this.patience = patience;
    this.thread = new AgentThread("costattr-" + name, this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Takes an item, or loses and counts it when the queue is full. A burst is waited for, a moment
   * at a time, while the collector keeps taking and the caller has patience.
   */
  synchronized void add(T item) {
    awaitRoom();
    if (closing || queue.size() >= limits.queueSize) {
      lost.increment();
      if (!closing && !overflowSaid) {
        overflowSaid = true;
        Log.warn(
            "the collector does not take "
                + name
                + " as fast as they come: the queue of "
                + limits.queueSize
                + " is full, what comes now is lost to it and counted");
      }
      return;
    }
    queue.add(item);
    if (queue.size() == 1 || queue.size() == limits.batchSize) {
      notifyAll();
    }
  }

  private synchronized void awaitRoom() {
    try {
      long due = System.nanoTime() + MOMENT_NANOS;
      while (queue.size() >= limits.queueSize && taking && !closing && patience.getAsBoolean()) {
        taking = waitUntil(due);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Items that the collector accepted. */
  long exported() {
    return exported.sum();
  }

  /** Items that were refused by the full queue, or that the collector did not get. */
  long lost() {
    return lost.sum();
  }

  /** Lets the thread send what is there and end, at the latest by then ({@code nanoTime}). */
  synchronized void finishBy(long nanos) {
    closing = true;
    closeBy = nanos;
    notifyAll();
  }

  /** Waits for the end; what is still on its way then is given up. */
  void awaitEnd() {
    try {
      thread.join(Math.max(1, (closeBy - System.nanoTime()) / 1_000_000));
      exporter.shutdown();
      thread.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exporter.shutdown();
    }
  }

  private void run() {
    List<T> batch = new ArrayList<>(limits.batchSize);
    try {
      boolean goOn = true;
      while (goOn && fill(batch)) {
        goOn = send(batch);
      }
    } catch (InterruptedException e) {
      Log.debug("the thread of " + name + " was interrupted");
    } finally {
      synchronized (this) {
        closing = true;
        lost.add(batch.size() + queue.size());
        queue.clear();
      }
    }
  }

  /** Waits for a batch; false at the end. */
  private synchronized boolean fill(List<T> batch) throws InterruptedException {
    while (queue.isEmpty() && !closing) {
      wait();
    }
    long due = System.nanoTime() + limits.delay * 1_000_000;
    boolean time = true;
    while (time && queue.size() < limits.batchSize && !closing) {
      time = waitUntil(due);
    }
    while (batch.size() < limits.batchSize && !queue.isEmpty()) {
      batch.add(queue.remove());
    }
    notifyAll();
    return !batch.isEmpty();
  }

  /** Sends a batch until it is accepted or given up, and empties it then; false at the end. */
  private boolean send(List<T> batch) throws InterruptedException {
    long backoff = FIRST_BACKOFF;
    while (true) {
      boolean lastTry = isClosing();
      CompletableResultCode result = exporter.export(List.copyOf(batch));
      await(result);
      taking(result.isSuccess());
      if (result.isSuccess()) {
        exported.add(batch.size());
        batch.clear();
        collector.works(name);
        return true;
      }
      ExportFailure failure = ExportFailure.of(result);
      collector.fails(name, failure);
      if (!failure.mayPass()) {
        lost.add(batch.size());
        batch.clear();
        return true;
      }
      if (lastTry || !pause(backoff)) {
        return false;
      }
      backoff = Math.min(backoff * 2, LAST_BACKOFF);
    }
  }

  private synchronized void taking(boolean taking) {
    this.taking = taking;
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  /** Waits until the export is done, its time is up, or ours. */
  private void await(CompletableResultCode result) throws InterruptedException {
    result.whenComplete(
        () -> {
          synchronized (this) {
            notifyAll();
          }
        });
    long due = System.nanoTime() + limits.exportTimeout * 1_000_000;
    synchronized (this) {
      boolean time = true;
      while (time && !result.isDone()) {
        time = waitUntil(closing && closeBy - due < 0 ? closeBy : due);
      }
    }
  }

  /** Waits that long in milliseconds, or until the end begins; false when there is no time left. */
  private synchronized boolean pause(long millis) throws InterruptedException {
    long due = System.nanoTime() + millis * 1_000_000;
    boolean time = true;
    while (time && !closing) {
      time = waitUntil(due);
    }
    return !closing || System.nanoTime() - closeBy < 0;
  }

  /** Waits until then or until something happens; false when it is past. */
  @SuppressWarnings("WaitNotInLoop") // it is in the callers' loops
  private synchronized boolean waitUntil(long nanos) throws InterruptedException {
    long millis = (nanos - System.nanoTime() + 999_999) / 1_000_000;
    if (millis <= 0) {
      return false;
    }
    wait(millis);
    return true;
  }
}
