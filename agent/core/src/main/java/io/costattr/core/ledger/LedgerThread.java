package io.costattr.core.ledger;

import io.costattr.core.Log;
import io.costattr.core.budget.BudgetNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The consuming end of the ledger: settles entries and serves the sinks. One thread runs it. */
final class LedgerThread implements Runnable {
  private static final int BATCH = 512;
  private static final long FLUSH_NANOS = 500_000_000;
  private static final long BUSY_PARK_NANOS = 10_000_000;

  /** A JVM without calls is woken ten times a second, not a hundred times. */
  private static final long IDLE_PARK_NANOS = 100_000_000;

  private static final long IDLE_AFTER_NANOS = 1_000_000_000;
  private static final long NEVER = Long.MAX_VALUE;
  private static final int MOST_NOTICES = 1_000;

  private final Ledger ledger;
  private final EntryQueue queue;
  private final Ledger.SinkFactory sinks;
  private final Runnable chore;
  private final List<CostEvent> batch = new ArrayList<>(BATCH);
  private final AtomicLong deadline = new AtomicLong(NEVER);
  private final AtomicLong errors = new AtomicLong();
  private final Queue<BudgetNotice> notices = new ArrayBlockingQueue<>(MOST_NOTICES);
  private volatile List<Outlet> outlets = List.of();
  private volatile int inHand;
  private boolean opened;
  private boolean dropsSaid;

  LedgerThread(Ledger ledger, EntryQueue queue, Ledger.SinkFactory sinks, Runnable chore) {
    this.ledger = ledger;
    this.queue = queue;
    this.sinks = sinks;
    this.chore = chore;
  }

  /** Entries that could not be settled. Any thread. */
  long errors() {
    return errors.get();
  }

  /** Entries taken from the queue whose sinks have not returned. Any thread. */
  int inHand() {
    return inHand;
  }

  /** What each sink was given and lost. Any thread. */
  Map<String, Long> lost() {
    Map<String, Long> lost = new TreeMap<>();
    for (Outlet outlet : outlets) {
      lost.merge(outlet.name(), outlet.lost(), Long::sum);
    }
    return lost;
  }

  /** Any thread. */
  void notice(BudgetNotice notice) {
    if (!notices.offer(notice)) {
      Log.debug("a notice of a budget is left out");
    }
  }

  /** Sets the moment, by {@link System#nanoTime}, to be done by; false when one is set already. */
  boolean finishBy(long nanos) {
    return deadline.compareAndSet(NEVER, nanos);
  }

  @Override
  public void run() {
    EventId.prepare();
    long lastEntry = System.nanoTime();
    long lastFlush = lastEntry;
    while (true) {
      boolean sealed = queue.isSealed();
      ledger.awake();
      boolean worked = takeBatch();
      long now = System.nanoTime();
      if (worked) {
        lastEntry = now;
      }
      if (now - lastFlush >= FLUSH_NANOS) {
        lastFlush = now;
        outlets.forEach(Outlet::flush);
        doChore();
        sayDrops();
      }
      if (sealed && (queue.size() == 0 || now - deadline.get() >= 0)) {
        break;
      }
      if (!worked) {
        boolean idle = now - lastEntry > IDLE_AFTER_NANOS;
        LockSupport.parkNanos(idle ? IDLE_PARK_NANOS : BUSY_PARK_NANOS);
      }
    }
    for (Outlet outlet : outlets) {
      outlet.close(Duration.ofNanos(Math.max(0, deadline.get() - System.nanoTime())));
    }
  }

  private void doChore() {
    try {
      chore.run();
    } catch (Throwable fault) {
      Log.fault("the ledger's chore", fault);
    }
  }

  private boolean takeBatch() {
    int taken = 0;
    Entry entry;
    while (taken < BATCH && (entry = queue.poll()) != null) {
      inHand = ++taken;
      try {
        batch.add(entry.settle());
      } catch (Throwable fault) {
        errors.incrementAndGet();
        Log.fault("settling an entry", fault);
      }
    }
    if (!batch.isEmpty()) {
      openOnce();
      List<CostEvent> events = List.copyOf(batch);
      batch.clear();
      for (Outlet outlet : outlets) {
        outlet.accept(events);
      }
    }
    inHand = 0;
    takeNotices();
    return taken > 0;
  }

  private void takeNotices() {
    for (BudgetNotice notice = notices.poll(); notice != null; notice = notices.poll()) {
      openOnce();
      for (Outlet outlet : outlets) {
        outlet.notice(notice);
      }
    }
  }

  private void openOnce() {
    if (!opened) {
      opened = true;
      outlets = open();
    }
  }

  private List<Outlet> open() {
    List<Outlet> opened = new ArrayList<>();
    try {
      for (Sink sink : sinks.open(ledger::stats)) {
        opened.add(new Outlet(sink));
      }
    } catch (Throwable fault) {
      Log.warn("cannot open where entries go (" + fault + "); they are lost and counted");
      opened.add(new Outlet(new NoSink()));
    }
    return List.copyOf(opened);
  }

  private void sayDrops() {
    if (!dropsSaid && ledger.dropped() > 0) {
      dropsSaid = true;
      Log.warn(
          "the ledger's queue of "
              + queue.capacity()
              + " entries is full: entries are dropped and counted;"
              + " costattr.queue.size makes it longer");
    }
  }
}
