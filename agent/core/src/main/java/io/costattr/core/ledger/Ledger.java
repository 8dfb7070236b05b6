package io.costattr.core.ledger;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.core.budget.BudgetNotice;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The way of every entry from the application's threads to the sinks: a bounded queue, and one
 * daemon thread that settles entries and hands them on in batches.
 *
 * <pre>
 *   application threads ──offer──► queue ──► costattr-ledger: settle ──► sink, sink ...
 *                          │ full                  │ throws                │ throws
 *                          ▼                       ▼                       ▼
 *                       dropped                  errors              lost, by sink
 * </pre>
 *
 * An entry is in exactly one of these counts or in every sink. {@link #offer} takes at most a
 * microsecond: the consumer looks by itself every few milliseconds and is woken only once the queue
 * is half full. Thread-safe.
 */
public final class Ledger {

  /** Opens the sinks; called on the ledger's thread when the first entry is there. */
  @FunctionalInterface
  public interface SinkFactory {
    /**
     * The sinks, in the order in which they are to be served and closed.
     *
     * @param stats the ledger watching itself, for a sink that reports it
     */
    List<Sink> open(Supplier<LedgerStats> stats) throws Exception;
  }

  private static final String THREAD = "costattr-ledger";

  private final EntryQueue queue;
  private final int half;
  private final LongAdder dropped = new LongAdder();
  private final LedgerThread work;
  private final Thread thread;
  private volatile boolean woken;

  private Ledger(SinkFactory sinks, long queueSize, Runnable chore) {
    queue = new EntryQueue(queueSize);
    half = queue.capacity() / 2;
    work = new LedgerThread(this, queue, sinks, chore);
    thread = new AgentThread(THREAD, work);
  }

  /**
   * Opens a ledger and starts its thread; the sinks are opened with the first entry. Of the
   * configuration it reads {@link Key#QUEUE_SIZE}.
   */
  public static Ledger open(SinkFactory sinks, Config config) {
    return open(sinks, config, () -> {});
  }

  /**
   * As {@link #open(SinkFactory, Config)}.
   *
   * @param chore something small that the ledger's thread does twice a second
   */
  public static Ledger open(SinkFactory sinks, Config config, Runnable chore) {
    Ledger ledger = new Ledger(sinks, config.number(Key.QUEUE_SIZE), chore);
    ledger.thread.start();
    return ledger;
  }

  /**
   * Takes an entry, or drops and counts it when the queue is full or the ledger closed. Never
   * blocks, never throws.
   *
   * @return whether it was taken
   */
  public boolean offer(Entry entry) {
    long waiting = entry == null ? 0 : queue.offer(entry);
    if (waiting == 0) {
      dropped.increment();
      return false;
    }
    if (waiting > half && !woken) {
      woken = true;
      LockSupport.unpark(thread);
    }
    return true;
  }

  /**
   * Takes something to be said of a budget, for the sinks; of very many at once the last are left
   * out. Never blocks, never throws.
   */
  public void notice(BudgetNotice notice) {
    work.notice(notice);
  }

  /** The consumer looks again: from now on it may have to be woken anew. */
  void awake() {
    if (woken) {
      woken = false;
    }
  }

  /** How many entries were refused because the queue was full or the ledger closed. */
  public long dropped() {
    return dropped.sum();
  }

  /** The ledger's counts now. */
  public LedgerStats stats() {
    return new LedgerStats(
        queue.accepted(), dropped.sum(), work.errors(), queue.size(), work.lost());
  }

  /**
   * Refuses further entries, settles and hands on what waits, closes the sinks, and says in one
   * line what was lost, if anything was. Returns after {@code limit} at the latest, whatever a sink
   * does. A second call changes nothing.
   */
  public void close(Duration limit) {
    // A tenth is for counting what a sink that used its time up did not deliver.
    if (!work.finishBy(System.nanoTime() + limit.toNanos() / 10 * 9)) {
      return;
    }
    queue.seal();
    LockSupport.unpark(thread);
    try {
      thread.join(Math.max(1, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sayWhatWasLost();
  }

  private void sayWhatWasLost() {
    LedgerStats stats = stats();
    Map<String, Long> lost = new LinkedHashMap<>();
    lost.put("refused by the full or closed queue", stats.dropped());
    lost.put("not settled", stats.errors());
    lost.put("still waiting", stats.queued() + work.inHand());
    stats.lost().forEach((sink, count) -> lost.put("lost by " + sink, count));
    lost.values().removeIf(count -> count == 0);
    if (!lost.isEmpty()) {
      StringBuilder line = new StringBuilder("not every entry of this run arrived everywhere: ");
      lost.forEach((where, count) -> line.append(count).append(' ').append(where).append(", "));
      long all = stats.accepted() + stats.dropped();
      Log.warn(line.append("of ").append(all).append(" in all").toString());
    }
  }
}
