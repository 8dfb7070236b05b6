package io.costattr.export.otel;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.core.file.Reason;
import io.costattr.export.otel.EventCodec.Origin;
import io.costattr.export.spool.Kept;
import io.costattr.export.spool.Place;
import io.costattr.export.spool.Spool;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps log events in a {@link Spool} from when they come until the collector has them. A thread of
 * its own does all that may wait for the disk; where that fails, events are kept in memory only,
 * and it is tried again.
 *
 * <pre>
 *   outbox ──keep, forget, release──► what is to be done ──► costattr-spool ──► disk
 *      ▲                                                          │
 *      └──────────────next────────── ready ◄──────────────────────┘
 * </pre>
 */
final class EventSpool implements Store<SpooledEvent> {

  /** Opens the spool, on the thread that uses it. */
  @FunctionalInterface
  interface Opening {
    Spool open() throws IOException;
  }

  private static final long RETRY_NANOS = 5_000_000_000L;

  /** How often it is looked for what JVMs left that are no more. */
  private static final long SCAN_NANOS = 30_000_000_000L;

  /** A disk that takes longer than this is not waited for. */
  private static final long SLOW_NANOS = 2_000_000_000L;

  private static final int CHUNK = 512;

  private final Opening opening;
  private final int batchSize;
  private final Thread thread = new AgentThread("costattr-spool", this::run);
  private final LongAdder undecoded = new LongAdder();

  // What is to be done, guarded by this.
  private List<SpooledEvent> fresh = new ArrayList<>();
  private List<Place> forgotten = new ArrayList<>();
  private List<Place> owed = new ArrayList<>();
  private List<SpooledEvent> ready = List.of();
  private int pruneAt;
  private boolean behind;
  private long behindSince;
  private boolean taking;
  private boolean away;
  private boolean closing;
  private boolean settled;
  private @Nullable String trouble;
  private boolean troubleSaid;

  // Of the thread alone.
  private final Deque<SpooledEvent> unsaved = new ArrayDeque<>();
  private long nextTry = System.nanoTime();
  private long nextScan = nextTry;
  private Runnable kept = () -> {};
  private Runnable readied = () -> {};
  private byte[] originBytes = {};
  private @Nullable Origin origin;
  private byte[] restoredBytes = {};
  private @Nullable Origin restored;

  private volatile @Nullable Spool spool;

  /**
   * @param batchSize how many events go in one request at most
   */
  EventSpool(Opening opening, int batchSize) {
    this.opening = opening;
    this.batchSize = batchSize;
    this.pruneAt = 4 * CHUNK;
  }

  @Override
  public void start(Runnable kept, Runnable ready) {
    this.kept = kept;
    this.readied = ready;
    thread.start();
  }

  @Override
  public synchronized void keep(SpooledEvent event) {
    fresh.add(event);
    if (!behind) {
      behind = true;
      behindSince = System.nanoTime();
    }
    if (fresh.size() == 1) {
      notifyAll();
    } else if (fresh.size() >= pruneAt) {
      // The disk is slow, and the collector is not: they need not be written any more.
      fresh.removeIf(SpooledEvent::isForgotten);
      pruneAt = Math.max(4 * CHUNK, 2 * fresh.size());
    }
  }

  @Override
  public synchronized boolean release(SpooledEvent event) {
    Place place = event.place();
    if (place == null || !place.isKept()) {
      return false;
    }
    owed.add(place);
    return true;
  }

  @Override
  public synchronized void forget(List<SpooledEvent> events) {
    for (SpooledEvent event : events) {
      event.forget();
      Place place = event.place();
      if (place != null) {
        forgotten.add(place);
      }
    }
    notifyAll();
  }

  @Override
  public synchronized void resume() {
    away = false;
    if (!taking) {
      taking = true;
      notifyAll();
    }
  }

  @Override
  public void pause() {
    String unsaid;
    synchronized (this) {
      taking = false;
      away = true;
      unsaid = unsaidTrouble();
    }
    say(unsaid);
  }

  @Override
  public synchronized boolean isCatchingUp() {
    return isKeeping() && behind && System.nanoTime() - behindSince < SLOW_NANOS;
  }

  @Override
  public synchronized boolean isKeeping() {
    return trouble == null && !closing;
  }

  @Override
  public synchronized List<SpooledEvent> next() {
    List<SpooledEvent> next = ready;
    ready = List.of();
    notifyAll();
    return next;
  }

  @Override
  public int close(List<SpooledEvent> left, long nanos) {
    int kept = 0;
    synchronized (this) {
      closing = true;
      notifyAll();
      awaitSettled(nanos);
      for (SpooledEvent event : left) {
        Place place = event.place();
        if (place != null && place.isKept()) {
          kept++;
        }
      }
    }
    sayWhatIsLeft();
    try {
      thread.join(Math.max(1, (nanos - System.nanoTime()) / 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return kept;
  }

  private synchronized void awaitSettled(long nanos) {
    try {
      while (!settled && nanos - System.nanoTime() > 0) {
        wait(Math.max(1, (nanos - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sayWhatIsLeft() {
    Spool spool = this.spool;
    if (spool == null) {
      return;
    }
    if (spool.events() > 0) {
      Log.warn(
          events(spool.events())
              + " that the collector does not have kept in "
              + spool.directory()
              + " (costattr.spool), for the next JVM of this service that makes a call to send");
    }
    if (dropped() > 0) {
      Log.warn(events(dropped()) + " dropped from the spool " + spool.directory());
    }
  }

  private static String events(long count) {
    return count == 1 ? "1 event" : count + " events";
  }

  /** Events on disk that the collector does not have. Any thread. */
  long events() {
    Spool spool = this.spool;
    return spool == null ? 0 : spool.events();
  }

  /** The size of the files that they are in. Any thread. */
  long bytes() {
    Spool spool = this.spool;
    return spool == null ? 0 : spool.bytes();
  }

  /** Events that were given up when they were on disk already. Any thread. */
  long dropped() {
    Spool spool = this.spool;
    return undecoded.sum() + (spool == null ? 0 : spool.dropped());
  }

  /** What there is to do at one moment. */
  private record Work(
      List<SpooledEvent> fresh,
      List<Place> forgotten,
      List<Place> owed,
      boolean fetch,
      boolean last) {}

  private void run() {
    try {
      boolean goOn = true;
      while (goOn) {
        Work work = await();
        doIt(work);
        goOn = !work.last();
      }
    } catch (InterruptedException e) {
      Log.debug("the spool's thread was interrupted");
    } finally {
      end();
    }
  }

  private synchronized Work await() throws InterruptedException {
    while (fresh.isEmpty() && forgotten.isEmpty() && !canFetch() && !isRetryDue() && !closing) {
      long due = Long.MAX_VALUE;
      if (!unsaved.isEmpty()) {
        due = nextTry - System.nanoTime();
      }
      if (taking && ready.isEmpty() && spool != null) {
        due = Math.min(due, nextScan - System.nanoTime());
      }
      wait(due == Long.MAX_VALUE ? 0 : Math.max(1, due / 1_000_000));
    }
    Work work = new Work(fresh, takeForgotten(), owed, canFetch(), closing);
    fresh = new ArrayList<>();
    owed = new ArrayList<>();
    return work;
  }

  private boolean isRetryDue() {
    return !unsaved.isEmpty() && System.nanoTime() - nextTry >= 0;
  }

  private synchronized boolean canFetch() {
    Spool spool = this.spool;
    return taking
        && !closing
        && ready.isEmpty()
        && spool != null
        && (!owed.isEmpty() || spool.owes() || System.nanoTime() - nextScan >= 0);
  }

  private void doIt(Work work) {
    unsaved.addAll(work.fresh());
    if (trouble == null || isRetryDue() || work.last()) {
      save();
    }
    Spool spool = this.spool;
    if (spool == null) {
      return;
    }
    work.owed().forEach(spool::owe);
    forget(spool, work.forgotten());
    if (work.fetch()) {
      fetch(spool);
    }
  }

  /** Writes what came, as far as it is still needed and can be written. */
  private void save() {
    try {
      while (!unsaved.isEmpty()) {
        saveSome();
      }
      recovered();
    } catch (IOException | RuntimeException fault) {
      failed(fault);
    }
  }

  private void saveSome() throws IOException {
    List<SpooledEvent> events = new ArrayList<>();
    List<byte[]> bytes = new ArrayList<>();
    synchronized (this) {
      unsaved.removeIf(SpooledEvent::isForgotten);
    }
    for (SpooledEvent event : unsaved) {
      LogRecordData data = event.data();
      boolean same = Origin.of(data).equals(origin);
      if (events.size() == CHUNK || (!events.isEmpty() && !same)) {
        break;
      }
      if (!same) {
        Origin other = Origin.of(data);
        origin = other;
        originBytes = EventCodec.bytes(other);
      }
      events.add(event);
      bytes.add(EventCodec.bytes(data));
    }
    if (events.isEmpty()) {
      return;
    }
    Spool spool = this.spool;
    if (spool == null) {
      spool = opening.open();
      this.spool = spool;
    }
    List<Place> places = new ArrayList<>();
    try {
      spool.append(originBytes, bytes, places);
    } finally {
      saved(events, places);
    }
  }

  /** The first so many of the unsaved events have a place now. */
  private void saved(List<SpooledEvent> events, List<Place> places) {
    synchronized (this) {
      behindSince = System.nanoTime();
      for (int i = 0; i < places.size(); i++) {
        SpooledEvent event = events.get(i);
        event.place(places.get(i));
        unsaved.remove();
        if (event.isForgotten()) {
          forgotten.add(places.get(i));
        }
      }
    }
    if (!places.isEmpty()) {
      kept.run();
    }
  }

  private void failed(Throwable fault) {
    nextTry = System.nanoTime() + RETRY_NANOS;
    String unsaid;
    synchronized (this) {
      trouble = Reason.of(fault);
      unsaid = unsaidTrouble();
    }
    say(unsaid);
  }

  /** Why events cannot be kept, where that matters now and was not said. */
  private @Nullable String unsaidTrouble() {
    if (trouble == null || !away || troubleSaid) {
      return null;
    }
    troubleSaid = true;
    return trouble;
  }

  private static void say(@Nullable String trouble) {
    if (trouble != null) {
      Log.warn(
          "events cannot be kept on disk (costattr.spool): "
              + trouble
              + "; they are kept in memory, as far as there is room");
    }
  }

  private void recovered() {
    boolean said;
    synchronized (this) {
      behind = !fresh.isEmpty();
      trouble = null;
      said = troubleSaid;
      troubleSaid = false;
    }
    if (said) {
      Log.warn("events can be kept on disk again (costattr.spool)");
    }
  }

  /** Reads what nobody holds in memory, for the outbox to have. */
  private void fetch(Spool spool) {
    List<SpooledEvent> events = new ArrayList<>();
    List<Place> unreadable = new ArrayList<>();
    List<Kept> next = spool.next(batchSize);
    for (Kept kept : next) {
      try {
        events.add(new SpooledEvent(EventCodec.event(kept.bytes(), origin(kept)), kept.place()));
      } catch (IOException | RuntimeException fault) {
        Log.debug("an event of the spool cannot be read: " + fault);
        unreadable.add(kept.place());
      }
    }
    if (next.isEmpty()) {
      nextScan = System.nanoTime() + SCAN_NANOS;
    }
    undecoded.add(unreadable.size());
    synchronized (this) {
      forgotten.addAll(unreadable);
      ready = events;
    }
    if (!events.isEmpty()) {
      readied.run();
    }
  }

  /** One object for the events of a segment, by which exporters group them. */
  private Origin origin(Kept kept) throws IOException {
    Origin known = restored;
    if (known == null || restoredBytes != kept.origin()) {
      known = EventCodec.origin(kept.origin());
      restored = known;
      restoredBytes = kept.origin();
    }
    return known;
  }

  /** The thread's end, whatever brought it about. */
  private void end() {
    Spool spool = this.spool;
    if (spool != null) {
      forget(spool, takeForgotten());
    }
    synchronized (this) {
      settled = true;
      if (!closing) {
        trouble = "its thread has ended";
      }
      notifyAll();
    }
    if (spool != null) {
      spool.close(); // Which may take its time: it has the disk itself take what stays.
    }
  }

  private synchronized List<Place> takeForgotten() {
    List<Place> taken = forgotten;
    forgotten = new ArrayList<>();
    return taken;
  }

  private static void forget(Spool spool, List<Place> places) {
    try {
      spool.forget(places);
    } catch (IOException | RuntimeException fault) {
      Log.debug("cannot note in the spool what was delivered: " + fault);
    }
  }
}
