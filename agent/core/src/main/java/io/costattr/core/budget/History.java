package io.costattr.core.budget;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.core.file.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was spent in a window before a budget was there to count it: read from the events file, once
 * in the life of a budget, by the JVM that is the first to have it. From then on the store knows.
 *
 * <p>That a budget is known is marked in the store, and the mark renewed as long as any JVM has the
 * budget, up to the end of the next window; so a budget without a mark has counted nothing in the
 * present one.
 */
final class History {
  private static final String THREAD = "costattr-budget-history";

  /** By then the ledger has written what ended before the budget was there. */
  private static final long PATIENCE_MS = 2_000;

  /**
   * A budget whose past is to be loaded.
   *
   * @param until what ended later is counted as it ends
   */
  private record Gap(Counters counters, Instant until) {}

  private final @Nullable Path events;
  private final BudgetStore store;
  private final InstantSource clock;
  private final IntSupplier seconds;
  private final List<Counters> unmarked = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param seconds since the start of this JVM
   */
  History(@Nullable Path events, BudgetStore store, InstantSource clock, IntSupplier seconds) {
    this.seconds = seconds;
    this.events = events;
    this.store = store;
    this.clock = clock;
  }

  /** Those budgets are counted from now on. */
  synchronized void begin(Collection<Counters> counters) {
    unmarked.addAll(counters);
  }

  /** Whether the store knows that there are these budgets. */
  synchronized boolean isMarked() {
    return unmarked.isEmpty();
  }

  /** Marks what is not marked yet, and loads what nobody else has. For the store's thread. */
  void round() {
    List<Counters> fresh;
    synchronized (this) {
      fresh = List.copyOf(unmarked);
    }
    List<Gap> gaps = new ArrayList<>();
    for (Counters counters : fresh) {
      try {
        if (mark(counters)) {
          gaps.add(new Gap(counters, Instant.ofEpochMilli(counters.since())));
        }
        synchronized (this) {
          unmarked.remove(counters);
        }
      } catch (IOException | RuntimeException down) {
        Log.debug("a budget is not marked yet: " + down);
        break;
      }
    }
    Path from = events;
    if (from != null && !gaps.isEmpty()) {
      new AgentThread(THREAD, () -> load(from, gaps)).start();
    }
  }

  /** Renews the marks of budgets that go on. For the store's thread. */
  void renew(Collection<Counters> all) {
    for (Counters counters : all) {
      try {
        mark(counters);
      } catch (IOException | RuntimeException down) {
        return;
      }
    }
  }

  private boolean mark(Counters counters) throws IOException {
    long now = clock.millis();
    Window window = counters.window();
    long end =
        window.rolls()
            ? now + 2 * window.length().toMillis()
            : window.at(window.at(now).end()).end();
    return store.firstTime("known/" + counters.id(), Instant.ofEpochMilli(end));
  }

  private void load(Path from, List<Gap> gaps) {
    try {
      Thread.sleep(PATIENCE_MS);
      Instant since = clock.instant();
      for (Gap gap : gaps) {
        long begin = gap.counters.window().at(gap.until.toEpochMilli()).from();
        since = since.isBefore(Instant.ofEpochMilli(begin)) ? since : Instant.ofEpochMilli(begin);
      }
      EventsReader.read(
          from, since, past -> gaps.forEach(gap -> take(gap, past)), () -> !closed.get());
      Log.info("budgets: what was spent before is loaded from " + from);
    } catch (IOException unreadable) {
      Log.warn("cannot load what was spent before from the events file: " + Reason.of(unreadable));
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(Gap gap, EventsReader.Past past) {
    Counters counters = gap.counters;
    Budget budget = counters.budget();
    Prospect call = past.call();
    if (past.end().isAfter(gap.until) || !budget.matches(call) || past.spend().calls() == 0) {
      return;
    }
    String value = budget.value(call);
    long at = call.at().toEpochMilli();
    Window.Span span = counters.window().at(gap.until.toEpochMilli());
    if (value != null && at >= span.from()) {
      counters.spend(
          value, at, Charge.of(past.spend(), budget, 0), clock.millis(), seconds.getAsInt());
    }
  }

  void close() {
    closed.set(true);
  }
}
