package io.costattr.core.scan;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of one size for use again: at most {@code capacity} of them are kept, further ones are
 * left to the garbage collector. Thread-safe; nobody ever waits.
 */
final class BufferPool {
  private final int size;
  private final AtomicReferenceArray<byte @Nullable []> free;

  BufferPool(int size, int capacity) {
    this.size = size;
    this.free = new AtomicReferenceArray<>(capacity);
  }

  /** An array, zero or not; a new one when none is free. */
  byte[] take() {
    for (int i = 0; i < free.length(); i++) {
      byte[] buffer = free.get(i);
      if (buffer != null && free.compareAndSet(i, buffer, null)) {
        return buffer;
      }
    }
    return new byte[size];
  }

  /** Gives an array back, which the caller must not touch again. */
  void give(byte[] buffer) {
    for (int i = 0; i < free.length(); i++) {
      if (free.get(i) == null && free.compareAndSet(i, null, buffer)) {
        return;
      }
    }
  }
}
