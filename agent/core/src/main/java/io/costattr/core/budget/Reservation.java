package io.costattr.core.budget;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What is set aside for one attempt while it is under way. It ends once: settled to what the
 * attempt really used, or released because nothing was billed. When nobody says anything for {@code
 * costattr.budget.reservation.seconds} it expires: what it held is free again, but what the attempt
 * turns out to have used still counts. Any thread may end it; none waits for it.
 */
public final class Reservation implements Decision {

  /** No budget concerns the call: there is nothing to end. */
  public static final Reservation NONE = new Reservation(null, 0, new Estimate(), null, 0, null);

  private static final Counter[] NO_COUNTERS = {};
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Reservation.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final int OPEN = 0;
  private static final int EXPIRED = 1;
  private static final int ENDED = 2;

  private final @Nullable OpenReservations open;
  private final Estimate estimate;
  private final @Nullable Site site;
  private final long textBytes;
  private final @Nullable Burn burn;

  /** In the order of their locks. */
  final Counter[] counters;

  /** By counter: what is reserved, and in which slot. */
  private final long[] held;

  private final long[] slots;

  @SuppressWarnings("UnusedVariable") // By STATE.
  private volatile int state;

  // Guarded by the list of open reservations that it is in.
  int part;
  long since;
  @Nullable Reservation before;
  @Nullable Reservation after;

  Reservation(
      @Nullable OpenReservations open,
      int counters,
      Estimate estimate,
      @Nullable Site site,
      long textBytes,
      @Nullable Burn burn) {
    this.open = open;
    this.counters = counters == 0 ? noCounters() : new Counter[counters];
    this.held = new long[counters];
    this.slots = new long[counters];
    this.estimate = estimate;
    this.site = site;
    this.textBytes = textBytes;
    this.burn = burn;
  }

  /** Not from the constant, which is made of such an object itself. */
  private static Counter[] noCounters() {
    return NO_COUNTERS == null ? new Counter[0] : NO_COUNTERS;
  }

  /** Whether nothing is set aside. */
  public boolean isNone() {
    return this == NONE;
  }

  Estimate estimate() {
    return estimate;
  }

  /** Reserves that in a counter, whose lock is held. */
  void hold(int index, long amount) {
    Counter counter = counters[index];
    counter.reserve(amount);
    held[index] = amount;
    slots[index] = counter.slot();
  }

  /** Whether something is set aside in that one. */
  boolean holds(Counters of) {
    for (Counter counter : counters) {
      if (counter.of == of) {
        return true;
      }
    }
    return false;
  }

  /**
   * The attempt has come to its end.
   *
   * @return whether this was what ended it
   */
  public boolean settle(Spend spend) {
    int before = end();
    if (before == ENDED) {
      return false;
    }
    for (int i = 0; i < counters.length; i++) {
      Counter counter = counters[i];
      synchronized (counter) {
        if (before == OPEN) {
          counter.release(slots[i], held[i]);
        }
        counter.spend(slots[i], Charge.of(spend, counter.of.budget(), held[i]));
      }
    }
    if (burn != null) {
      burn.add(spend);
    }
    if (site != null && spend.inputTokens() + spend.outputTokens() > 0) {
      site.learn(textBytes, spend);
    }
    return true;
  }

  /**
   * Nothing of the attempt was billed: nothing was sent, or the provider refused it.
   *
   * @return whether this was what ended it
   */
  public boolean release() {
    int before = end();
    if (before == OPEN) {
      free();
    }
    return before != ENDED;
  }

  /** Nobody has said anything of it for too long. */
  void expire() {
    if (STATE.compareAndSet(this, OPEN, EXPIRED)) {
      free();
    }
  }

  private void free() {
    for (int i = 0; i < counters.length; i++) {
      Counter counter = counters[i];
      synchronized (counter) {
        counter.release(slots[i], held[i]);
      }
    }
  }

  /** Which state this has ended. */
  private int end() {
    if (open == null) {
      return ENDED;
    }
    int before = (int) STATE.getAndSet(this, ENDED);
    if (before == OPEN) {
      open.remove(this);
    }
    return before;
  }
}
