package io.costattr.loopback;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The latest requests, at most {@code limit} of them. Thread-safe. */
final class Recorder {
  private static final long PATIENCE_SECONDS = 30;

  private final int limit;
  private final ArrayDeque<WireRequest> latest = new ArrayDeque<>();
  private long seen;

  Recorder(int limit) {
    this.limit = limit;
  }

  void add(WireRequest request) {
    if (limit > 0) {
      synchronized (this) {
        if (latest.size() == limit) {
          latest.removeFirst();
        }
        latest.addLast(request);
        seen++;
        notifyAll();
      }
    }
  }

  synchronized List<WireRequest> list() {
    return List.copyOf(latest);
  }

  synchronized List<WireRequest> await(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (seen < count) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new IllegalStateException(
            seen + " of " + count + " requests within " + PATIENCE_SECONDS + " s");
      }
      wait(left);
    }
    return list();
  }
}
