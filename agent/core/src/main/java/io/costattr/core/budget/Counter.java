package io.costattr.core.budget;

/**
 * How much of one budget one value has used, and what is reserved of it: 72 bytes beside its name.
 * In the unit of its budget. Guarded by itself.
 *
 * <pre>
 *   spent      of the whole fleet in the window, as far as it is known here
 *   reserved   for calls of this JVM that are under way
 *   unposted   the part of spent that the store has not been told
 *   lease      reserved + unposted must stay below it, where others share the account
 * </pre>
 */
final class Counter {
  /** A clock that is set back by less does not begin another slot. */
  private static final long TOLERANCE_MS = 5_000;

  /** What {@link #leaseEnd} is when it never ends. */
  static final int NEVER = Integer.MAX_VALUE;

  private static final byte KNOWN = 1;
  private static final byte DIRTY = 2;
  private static final byte GONE = 4;
  private static final byte CURRENT = 8;
  private static final byte SCARCE = 16;
  private static final byte BLOCKS = 32;

  final Counters of;
  final String value;

  private long slot;
  private long spent;
  private long reserved;
  private long unposted;
  private long lease;

  /** Until when the lease holds, in seconds since the start of this JVM. */
  private int leaseEnd;

  /** When it was last asked, in the same seconds. */
  private int lastUse;

  /** How many of the budget's thresholds it has passed. */
  private byte passed;

  private byte flags;

  Counter(Counters of, String value, long slot) {
    this.of = of;
    this.value = value;
    this.slot = slot;
  }

  /** Goes on to the slot of now, where that is another one. */
  void roll(Window.Span now) {
    if (slot == now.slot() || (slot > now.slot() && slot - now.slot() < TOLERANCE_MS)) {
      return;
    }
    if (unposted != 0) {
      of.late(this, slot, takeUnposted());
    }
    slot = now.slot();
    flags &= ~CURRENT;
    if (!of.window().rolls()) {
      spent = 0;
      reserved = 0;
      lease = 0;
      passed = 0;
      flags &= ~KNOWN;
    }
  }

  long slot() {
    return slot;
  }

  long spent() {
    return spent;
  }

  long reserved() {
    return reserved;
  }

  long unposted() {
    return unposted;
  }

  long lease() {
    return lease;
  }

  /** Whether the store has said what was spent in the window. */
  boolean isKnown() {
    return (flags & KNOWN) != 0;
  }

  /** Whether it has said so since the slot began. */
  boolean isCurrent() {
    return (flags & CURRENT) != 0;
  }

  void used(int second) {
    lastUse = second;
  }

  /** What is left of the limit; negative when it is more than used up. */
  long room(long limit) {
    return limit - spent - reserved;
  }

  /** How much more may be reserved without asking the store; negative when too much is already. */
  long leased(int second) {
    return second < leaseEnd ? leased() : 0;
  }

  /** The same, however long the lease holds. */
  long leased() {
    return lease == Long.MAX_VALUE ? lease : lease - reserved - unposted;
  }

  /** Whether it holds a lease that others could use. */
  boolean hoardsUnused(int second) {
    return lease != Long.MAX_VALUE && lease > 0 && second < leaseEnd;
  }

  /** Until when the lease holds, in seconds since the start of this JVM. */
  int leaseEnd() {
    return leaseEnd;
  }

  /** When it was last asked, in seconds since the start of this JVM. */
  int lastUse() {
    return lastUse;
  }

  /** Whether there is not enough for all who share the account. */
  boolean isScarce() {
    return (flags & SCARCE) != 0;
  }

  void reserve(long amount) {
    reserved += amount;
  }

  /** What was reserved in that slot is not any more. */
  void release(long in, long amount) {
    if (in == slot || of.window().rolls()) {
      reserved -= amount;
    }
  }

  /** So much was used by a call of that slot. */
  void spend(long in, long amount) {
    if (amount == 0) {
      return;
    }
    if (in == slot) {
      spent += amount;
      unposted += amount;
      pass();
      of.dirty(this);
    } else {
      if (of.window().rolls()) {
        spent += amount;
        useLease(amount);
        pass();
      }
      of.late(this, in, amount);
    }
  }

  /** Says which thresholds have been passed. */
  private void pass() {
    Budget budget = of.budget();
    long limit = budget.limits().of(value);
    while (passed < budget.thresholds().size()
        && spent >= share(limit, budget.thresholds().get(passed))) {
      of.passed(this, slot, budget.thresholds().get(passed));
      passed++;
    }
  }

  private static long share(long limit, int percent) {
    if (limit == Limits.UNLIMITED) {
      return Long.MAX_VALUE;
    }
    // Rounded up: half of 3 calls is reached with the second.
    long share = limit / 100 * percent + (limit % 100 * percent + 99) / 100;
    return share < 0 ? Long.MAX_VALUE : share;
  }

  /** Takes what is to be posted; it is posted from now on, or comes back by {@link #granted}. */
  long takeUnposted() {
    long amount = unposted;
    unposted = 0;
    useLease(amount);
    return amount;
  }

  /** The store takes so much from the lease when it is told. */
  private void useLease(long amount) {
    if (lease != Long.MAX_VALUE) {
      lease -= amount;
    }
  }

  /** Gives up what is leased beyond that. */
  void shrinkLease(long to) {
    if (lease != Long.MAX_VALUE) {
      lease = Math.min(lease, Math.max(to, reserved + unposted));
    }
  }

  /**
   * The store has said by the way what it knows, which may be a little less than is known here: a
   * batch may be on its way.
   */
  void heard(BudgetStore.Grant grant, int end) {
    long known = grant.spent() + unposted;
    if (!isKnown() || known > spent) {
      spent = known;
    }
    lease = grant.lease();
    leaseEnd = end;
    flags |= KNOWN | CURRENT;
    pass();
  }

  /**
   * The store has answered for the slot.
   *
   * @param unknown what was spent in the window and is not in the answer
   */
  void granted(BudgetStore.Grant grant, long unknown, int end) {
    spent = grant.spent() + unposted + unknown;
    lease = grant.lease();
    leaseEnd = end;
    flags |= KNOWN | CURRENT;
    if (grant.scarce()) {
      flags |= SCARCE;
    } else {
      flags &= ~SCARCE;
    }
    if (of.window().rolls()) {
      passed = passedAt(spent);
    }
    pass();
  }

  /** Of a rolling window, from which spending leaves: thresholds can be passed again. */
  private byte passedAt(long amount) {
    Budget budget = of.budget();
    long limit = budget.limits().of(value);
    byte still = 0;
    while (still < passed
        && still < budget.thresholds().size()
        && amount >= share(limit, budget.thresholds().get(still))) {
      still++;
    }
    return still;
  }

  /** Marks it as one that has something to post; false when it was marked. */
  boolean mark() {
    boolean first = (flags & DIRTY) == 0;
    flags |= DIRTY;
    return first;
  }

  /** It has blocked a call; false when that was known. */
  boolean blocks() {
    boolean first = (flags & BLOCKS) == 0;
    flags |= BLOCKS;
    return first;
  }

  /** What frees it may have been heard of since it blocked a call. */
  void lookAgain() {
    flags &= ~BLOCKS;
  }

  boolean isMarked() {
    return (flags & DIRTY) != 0;
  }

  void unmark() {
    flags &= ~DIRTY;
  }

  /** Whether it has been taken out of its table: another one counts from now on. */
  boolean isGone() {
    return (flags & GONE) != 0;
  }

  /** Whether nobody has asked for it since then, and nothing would be lost with it. */
  boolean mayGo(int before) {
    return lastUse < before
        && reserved == 0
        && unposted == 0
        && (flags & DIRTY) == 0
        && (lease == 0 || lease == Long.MAX_VALUE || leaseEnd < before);
  }

  void go() {
    flags |= GONE;
  }
}
