package io.costattr.export.otel;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.export.otel.ExportFailure.Kind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Spans or events on their way to the collector: a bounded queue, and a thread that exports it in
 * batches. Every item ends in exactly one of two counts, {@link #exported} or {@link #lost}, or is
 * in its {@link Store} at the end. A batch that failed for a reason that may pass is kept, in
 * order, and sent again while the queue behind it fills; so a collector may get it twice, with the
 * same event ids.
 *
 * <p>The oldest items of a full queue are left to the store, where that has them. When the
 * collector takes again, what is in the queue goes first, because somebody may look at it, and what
 * is in the store in between, a batch in every {@link #REPLAY_NANOS} at most, because a fleet of
 * JVMs may have waited for the same collector.
 */
final class Outbox<T> {

  /** What an outbox needs of an exporter. */
  interface Exporter<T> {
    CompletableResultCode export(Collection<T> batch);

    /** How many items of what was accepted since the last time the collector rejected. */
    long takeRejected();

    void shutdown();
  }

  /** How an outbox batches; times in milliseconds. */
  record Limits(int queueSize, int batchSize, long delay, long exportTimeout) {}

  private static final long MOMENT_NANOS = 200_000_000;
  private static final long FIRST_BACKOFF = 1_000;
  private static final long LAST_BACKOFF = 10_000;

  /** The same for what does not pass before somebody mends it. */
  private static final long LAST_BACKOFF_TO_MEND = 60_000;

  private static final long REPLAY_NANOS = 100_000_000;

  /** Milliseconds for a thread to count what it had in hand when its exporter was shut down. */
  private static final long LAST_WORDS = 50;

  private final String name;
  private final Exporter<T> exporter;
  private final Limits limits;
  private final Collector collector;
  private final BooleanSupplier patience;
  private final Store<T> store;
  private final Deque<T> queue = new ArrayDeque<>();
  private final LongAdder exported = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final Thread thread;
  private boolean taking = true;
  private boolean stored;
  private long nextReplay = System.nanoTime();
  private boolean closing;
  private long sendBy;
  private long endBy;
  private boolean overflowSaid;

  /** How many items go in one request, where a whole batch is too big; of the thread alone. */
  private int partSize;

  /**
   * @param name what is in it, in the plural, for messages and the thread's name
   * @param patience whether who adds may be held up a little
   * @param store where items are kept beside the queue
   */
  Outbox(
      String name,
      Exporter<T> exporter,
      Limits limits,
      Collector collector,
      BooleanSupplier patience,
      Store<T> store) {
    this.name = name;
    this.exporter = exporter;
    this.limits = limits;
    this.collector = collector;
    this.patience = patience;
    this.store = store;
    this.partSize = limits.batchSize;
    this.thread = new AgentThread("costattr-" + name, this::run);
  }

  void start() {
    store.start(this::kept, this::ready);
    thread.start();
  }

  /**
   * Takes an item, or loses and counts it when the queue is full. A burst is waited for, a moment
   * at a time, while the collector keeps taking, or the store, and the caller has patience.
   */
  synchronized void add(T item) {
    if (closing || !makeRoom()) {
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
    store.keep(item);
    if (queue.size() == 1 || queue.size() == limits.batchSize) {
      notifyAll();
    }
  }

  private synchronized boolean makeRoom() {
    long due = System.nanoTime() + MOMENT_NANOS;
    try {
      while (queue.size() >= limits.queueSize && !closing) {
        boolean patient = patience.getAsBoolean();
        if (taking && patient) {
          taking = waitUntil(due);
        } else if (store.release(queue.element())) {
          queue.remove();
        } else if (!patient || !store.isCatchingUp()) {
          return false;
        } else {
          waitUntil(System.nanoTime() + MOMENT_NANOS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return queue.size() < limits.queueSize;
  }

  /** The store has kept something. */
  private synchronized void kept() {
    notifyAll();
  }

  /** The store has something to be sent. */
  private synchronized void ready() {
    stored = true;
    notifyAll();
  }

  /** Items that the collector accepted. */
  long exported() {
    return exported.sum();
  }

  /** Items that were refused by the full queue, or that the collector did not get. */
  long lost() {
    return lost.sum();
  }

  /**
   * Lets the thread send what is there and end.
   *
   * @param sendBy when to give up sending at the latest ({@code nanoTime})
   * @param endBy when to have told the store, and counted
   */
  synchronized void finishBy(long sendBy, long endBy) {
    closing = true;
    this.sendBy = sendBy;
    this.endBy = endBy;
    notifyAll();
  }

  /** Waits for the end; what is still on its way then is given up. */
  void awaitEnd() {
    try {
      thread.join(Math.max(1, (endBy - System.nanoTime()) / 1_000_000));
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
        batch.addAll(queue);
        queue.clear();
      }
      lost.add(batch.size() - store.close(batch, endBy));
    }
  }

  /** Waits for a batch; false at the end. */
  private boolean fill(List<T> batch) throws InterruptedException {
    boolean goOn = true;
    while (goOn && batch.isEmpty()) {
      if (awaitTurnOfStore()) {
        batch.addAll(store.next());
      } else {
        goOn = take(batch);
      }
    }
    return goOn;
  }

  /**
   * Waits for a batch; true when the store may have it, false when the queue has, or at the end.
   */
  private synchronized boolean awaitTurnOfStore() throws InterruptedException {
    boolean waiting = false;
    long due = 0;
    while (true) {
      long now = System.nanoTime();
      boolean replay = stored && taking && !closing;
      if (replay && now - nextReplay >= 0) {
        stored = false;
        nextReplay = now + REPLAY_NANOS;
        return true;
      }
      if (closing || queue.size() >= limits.batchSize || (waiting && now - due >= 0)) {
        return false;
      }
      if (!waiting && !queue.isEmpty()) {
        waiting = true;
        due = now + limits.delay * 1_000_000;
      }
      if (replay && (!waiting || nextReplay - due < 0)) {
        waitUntil(nextReplay);
      } else if (waiting) {
        waitUntil(due);
      } else {
        wait();
      }
    }
  }

  private synchronized boolean take(List<T> batch) {
    while (batch.size() < limits.batchSize && !queue.isEmpty()) {
      batch.add(queue.remove());
    }
    notifyAll();
    return !batch.isEmpty();
  }

  /**
   * Sends a batch, in parts where it is too big, until it is accepted or given up, and takes out of
   * it what is done with; false at the end.
   */
  private boolean send(List<T> batch) throws InterruptedException {
    long backoff = FIRST_BACKOFF;
    boolean putOff = false;
    while (!batch.isEmpty()) {
      List<T> part = batch.subList(0, Math.min(partSize, batch.size()));
      boolean lastTry = isClosing();
      CompletableResultCode result = exporter.export(List.copyOf(part));
      await(result);
      taking(result.isSuccess());
      if (result.isSuccess()) {
        accepted(part.size());
        collector.works(name);
        store.resume();
        partSize = Math.min(limits.batchSize, partSize + partSize / 8 + 1);
        done(part);
        backoff = FIRST_BACKOFF;
        continue;
      }
      ExportFailure failure = ExportFailure.of(result);
      if (failure.kind() == Kind.TOO_BIG && part.size() > 1) {
        partSize = part.size() / 2;
        continue;
      }
      if (failure.kind() != Kind.PUT_OFF || putOff) {
        collector.fails(name, failure);
      }
      putOff = failure.kind() == Kind.PUT_OFF;
      store.pause();
      if (!isForLater(failure)) {
        lost.add(part.size());
        done(part);
      } else if (lastTry || !pause(Math.max(withJitter(backoff), failure.retryAfterMillis()))) {
        return false;
      } else {
        backoff = Math.min(backoff * 2, longest(failure));
      }
    }
    return true;
  }

  private boolean isForLater(ExportFailure failure) {
    return switch (failure.kind()) {
      case PASSES, PUT_OFF -> true;
      case TO_MEND -> store.isKeeping();
      case TOO_BIG, REFUSED -> false;
    };
  }

  private void accepted(int count) {
    long rejected = Math.min(count, exporter.takeRejected());
    exported.add(count - rejected);
    lost.add(rejected);
    if (rejected > 0) {
      Log.warnOnce(
          "rejected:" + name,
          "the collector takes "
              + name
              + " but rejects some of them (partial success), which are lost to it and counted;"
              + " what it has against them may be in its log");
    }
  }

  private void done(List<T> part) {
    store.forget(List.copyOf(part));
    part.clear();
  }

  private static long longest(ExportFailure failure) {
    return failure.kind() == Kind.TO_MEND ? LAST_BACKOFF_TO_MEND : LAST_BACKOFF;
  }

  /** A fleet of JVMs that lost the same collector at once must not come back at once. */
  private static long withJitter(long millis) {
    return millis * 4 / 5 + ThreadLocalRandom.current().nextLong(millis * 2 / 5);
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
        time = waitUntil(closing && sendBy - due < 0 ? sendBy : due);
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
    return !closing || System.nanoTime() - sendBy < 0;
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
