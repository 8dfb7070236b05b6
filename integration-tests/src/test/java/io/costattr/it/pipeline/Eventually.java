package io.costattr.it.pipeline;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what another program does in its own time. */
public final class Eventually {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Eventually() {}

  /** Looks again and again until it holds. */
  public static void holds(String what, Callable<Boolean> condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    @Nullable Exception fault = null;
    while (System.nanoTime() - end < 0) {
      try {
        if (condition.call()) {
          return;
        }
        fault = null;
      } catch (Exception e) {
        fault = e;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new AssertionError(
        "within " + LIMIT.toMinutes() + " minutes it was never so that " + what, fault);
  }

  /** Asserts again and again until it does not fail. */
  static void passes(String what, Assertion assertion) {
    AssertionError[] last = new AssertionError[1];
    try {
      holds(
          what,
          () -> {
            try {
              assertion.check();
              return true;
            } catch (AssertionError e) {
              last[0] = e;
              return false;
            }
          });
    } catch (AssertionError never) {
      if (last[0] != null) {
        never.addSuppressed(last[0]);
      }
      throw never;
    }
  }

  /** Something to assert. */
  interface Assertion {
    void check() throws Exception;
  }
}
