package io.costattr.loopback;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a reply between two parts until a test lets it go on, so that no test sleeps. Opened once,
 * it stays open. Safe to share between threads.
 */
public final class Gate {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Lets everyone through, now and later. */
  public void open() {
    opened.countDown();
  }

  /**
   * Waits until a reply stands at the gate or has passed it: all that comes before the gate has
   * been written.
   *
   * @throws IllegalStateException when none comes within 30 s
   */
  public void awaitReached() throws InterruptedException {
    await(reached, "nobody reached the gate");
  }

  void pass() throws InterruptedException {
    reached.countDown();
    await(opened, "nobody opened the gate");
  }

  private static void await(CountDownLatch latch, String otherwise) throws InterruptedException {
    if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(otherwise + " within " + PATIENCE_SECONDS + " s");
    }
  }
}
