package io.costattr.core.budget;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one budget, by value: a table with open addressing, of which reading takes no
 * lock, since a map of the JDK's takes four times the memory for a million of them. It outlives
 * changes of the policy that leave the budget's identity alone. Thread-safe.
 */
final class Counters {

  /** Is told what happens to counters, under their locks; may not take another. */
  interface Observer {
    /** It has something to post. */
    void dirty(Counter counter);

    /** So much was used in a slot that is over, or not begun yet. */
    void late(Counter counter, long slot, long amount);

    /** So many percent of the limit are used. */
    void passed(Counter counter, long slot, int percent);
  }

  private static final AtomicInteger SEQUENCE = new AtomicInteger();
  private static final int LEAST = 16;

  /** So many values of a budget are told apart in metrics. */
  private static final int MOST_SHOWN = 20;

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Counter[].class);

  private final String id;
  private final Window window;
  private final Observer observer;

  /** Locks of counters of several budgets are taken in this order. */
  private final int sequence = SEQUENCE.incrementAndGet();

  /** Since when it counts. */
  private final long since;

  private final LongAdder[] rejections = new LongAdder[Blocked.Reason.values().length];
  private volatile Budget budget;
  private volatile Window.Span span;
  private volatile @Nullable Counter[] table = new @Nullable Counter[LEAST];
  private int size;

  /** The first values that passed a threshold. */
  private final Set<String> shown = ConcurrentHashMap.newKeySet();

  Counters(Budget budget, Observer observer, long now) {
    this.id = budget.id();
    this.window = budget.window();
    this.observer = observer;
    this.budget = budget;
    this.span = window.at(now);
    this.since = now;
    for (int i = 0; i < rejections.length; i++) {
      rejections[i] = new LongAdder();
    }
  }

  /** The budget's identity. */
  String id() {
    return id;
  }

  Window window() {
    return window;
  }

  /** Since when it counts, in milliseconds since 1970 (UTC). */
  long since() {
    return since;
  }

  int sequence() {
    return sequence;
  }

  /** The budget as the policy has it now. */
  Budget budget() {
    return budget;
  }

  /** Goes on with the same budget as another policy has it. */
  void become(Budget other) {
    budget = other;
  }

  /** The slot of that moment. */
  Window.Span span(long millis) {
    Window.Span known = span;
    if (known.contains(millis)) {
      return known;
    }
    Window.Span found = window.at(millis);
    span = found;
    return found;
  }

  void rejected(Blocked.Reason reason) {
    rejections[reason.ordinal()].increment();
  }

  long rejections(Blocked.Reason reason) {
    return rejections[reason.ordinal()].sum();
  }

  /** The counter of that value, a new one if need be. */
  Counter get(String value, long now) {
    Counter known = find(table, value);
    return known != null ? known : add(value, now);
  }

  /** The counter of that value, or null when nobody has asked for it. */
  @Nullable Counter find(String value) {
    return find(table, value);
  }

  /**
   * Something was used without having been reserved.
   *
   * @param at when it began, in milliseconds since 1970 (UTC)
   * @param now the time, and the same in seconds since the start of this JVM
   */
  void spend(String value, long at, long amount, long now, int second) {
    while (true) {
      Counter counter = get(value, now);
      synchronized (counter) {
        if (!counter.isGone()) {
          counter.roll(span(now));
          counter.used(second);
          counter.spend(window.at(at).slot(), amount);
          return;
        }
      }
    }
  }

  private static @Nullable Counter find(@Nullable Counter[] in, String value) {
    for (int at = start(in, value); ; at = at + 1 == in.length ? 0 : at + 1) {
      Counter counter = (Counter) SLOT.getAcquire(in, at);
      if (counter == null || counter.value.equals(value)) {
        return counter;
      }
    }
  }

  private static int start(@Nullable Counter[] in, String value) {
    return (int) ((Integer.toUnsignedLong(value.hashCode() * 0x9E3779B9) * in.length) >>> 32);
  }

  private synchronized Counter add(String value, long now) {
    Counter known = find(table, value);
    if (known != null) {
      return known;
    }
    if (size + 1 > table.length / 4 * 3) {
      List<Counter> all = all();
      // By the half, so that a large table is never half empty.
      fill(all, (int) Math.min(Integer.MAX_VALUE - 8, table.length * 3L / 2));
    }
    Counter counter = new Counter(this, budget.limits().kept(value), span(now).slot());
    put(table, counter);
    size++;
    return counter;
  }

  private void fill(List<Counter> counters, int length) {
    @Nullable Counter[] other = new @Nullable Counter[length];
    for (Counter counter : counters) {
      put(other, counter);
    }
    table = other;
    size = counters.size();
  }

  private static void put(@Nullable Counter[] in, Counter counter) {
    int at = start(in, counter.value);
    while (in[at] != null) {
      at = at + 1 == in.length ? 0 : at + 1;
    }
    SLOT.setRelease(in, at, counter);
  }

  private List<Counter> all() {
    List<Counter> all = new ArrayList<>(size);
    forEach(all::add);
    return all;
  }

  /** Every counter that was there when this began, and perhaps some that came meanwhile. */
  void forEach(Consumer<Counter> action) {
    @Nullable Counter[] now = table;
    for (int at = 0; at < now.length; at++) {
      Counter counter = (Counter) SLOT.getAcquire(now, at);
      if (counter != null) {
        action.accept(counter);
      }
    }
  }

  int size() {
    return size;
  }

  /** Lets those go that nobody has asked for since then: the store knows them. */
  synchronized void forget(int before) {
    List<Counter> staying = new ArrayList<>();
    int all = size;
    forEach(
        counter -> {
          synchronized (counter) {
            if (counter.mayGo(before)) {
              counter.go();
            } else {
              staying.add(counter);
            }
          }
        });
    if (staying.size() < all) {
      fill(staying, Math.max(LEAST, staying.size() * 3 / 2 + 1));
    }
  }

  /** Under which the store counts a slot of a value. */
  Account account(String value, long slot) {
    Window.Span at = window.at(slot);
    return new Account(id, value, at.from(), at.slot(), at.step(), at.until());
  }

  void dirty(Counter counter) {
    if (counter.mark()) {
      observer.dirty(counter);
    }
  }

  void late(Counter counter, long slot, long amount) {
    observer.late(counter, slot, amount);
  }

  /** Whether that value is told apart from others. */
  boolean isShown(String value) {
    return shown.contains(value);
  }

  void passed(Counter counter, long slot, int percent) {
    if (shown.size() < MOST_SHOWN) {
      shown.add(counter.value);
    }
    observer.passed(counter, slot, percent);
  }
}
