package io.costattr.core.ledger;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from many threads to one, without locks: a ring in which a producer claims a slot
 * by one compare-and-set. Sealing it is a bit of the same word, so that after {@link #seal} every
 * entry is either in the ring or refused, never in between.
 */
final class EntryQueue {
  private static final long SEALED = Long.MIN_VALUE;

  private final AtomicReferenceArray<@Nullable Entry> slots;
  private final int mask;
  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong head = new AtomicLong();

  /** A queue for {@code capacity} entries, rounded up to a power of two, at most 2^24. */
  EntryQueue(long capacity) {
    int size = 2;
    while (size < capacity && size < 1 << 24) {
      size <<= 1;
    }
    slots = new AtomicReferenceArray<>(size);
    mask = size - 1;
  }

  int capacity() {
    return mask + 1;
  }

  /** How many are waiting with this one; 0 when it was refused. Any thread. */
  long offer(Entry entry) {
    long tail;
    long waiting;
    do {
      tail = this.tail.get();
      waiting = tail - head.get();
      if (tail < 0 || waiting > mask) {
        return 0;
      }
    } while (!this.tail.compareAndSet(tail, tail + 1));
    slots.setRelease((int) tail & mask, entry);
    return waiting + 1;
  }

  /** The oldest entry, or null when none is ready. The consumer's thread only. */
  @Nullable Entry poll() {
    long head = this.head.getPlain();
    int slot = (int) head & mask;
    Entry entry = slots.getAcquire(slot);
    if (entry != null) {
      slots.setPlain(slot, null);
      this.head.setRelease(head + 1);
    }
    return entry;
  }

  /** Refuses every further entry. */
  void seal() {
    tail.updateAndGet(tail -> tail | SEALED);
  }

  boolean isSealed() {
    return tail.get() < 0;
  }

  /** How many entries were taken since the beginning. */
  long accepted() {
    return tail.get() & ~SEALED;
  }

  /** How many entries wait. */
  long size() {
    long head = this.head.get();
    return Math.max(0, accepted() - head);
  }
}
