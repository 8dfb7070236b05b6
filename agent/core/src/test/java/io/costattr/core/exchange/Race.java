package io.costattr.core.exchange;

import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets two things happen at once, many times, with the one a little later each time: what goes
 * wrong in a few instructions only is met sooner or later.
 */
final class Race {
  private static final int DELAYS = 64;

  /** One round, made anew each time. */
  interface Round {
    void one();

    void other();

    /** What must hold when both are done. */
    void check();
  }

  private final AtomicInteger begun = new AtomicInteger();
  private volatile Round current;

  private Race(Round first) {
    current = first;
  }

  static void run(int rounds, java.util.function.Supplier<Round> maker) throws Exception {
    Race race = new Race(maker.get());
    for (int i = 0; i < rounds; i += DELAYS) {
      race.some(maker);
    }
  }

  private void some(java.util.function.Supplier<Round> maker) throws Exception {
    begun.set(0);
    AtomicInteger done = new AtomicInteger();
    FutureTask<Void> rival =
        new FutureTask<>(
            () -> {
              for (int i = 1; i <= DELAYS; i++) {
                await(begun, i);
                current.other();
                done.set(i);
              }
            },
            null);
    Thread thread = new Thread(rival, "rival");
    thread.setDaemon(true);
    thread.start();
    for (int i = 1; i <= DELAYS; i++) {
      Round round = maker.get();
      current = round;
      begun.set(i);
      for (int delay = 0; delay < i * 2; delay++) {
        Thread.onSpinWait();
      }
      round.one();
      await(done, i, rival);
      round.check();
    }
    rival.get();
  }

  private static void await(AtomicInteger counter, int value) {
    for (int spins = 0; counter.get() < value; spins++) {
      pause(spins);
    }
  }

  private static void await(AtomicInteger counter, int value, FutureTask<Void> rival)
      throws Exception {
    for (int spins = 0; counter.get() < value; spins++) {
      if (rival.isDone()) {
        rival.get();
      }
      pause(spins);
    }
  }

  private static void pause(int spins) {
    if (spins < 1_000) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
