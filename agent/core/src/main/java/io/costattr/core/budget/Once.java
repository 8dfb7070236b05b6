package io.costattr.core.budget;

import io.costattr.core.Log;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * What may be told of several times, by this JVM or another, and counts for the first who tells of
 * it: the results of a batch job, which anybody may read again.
 */
final class Once {
  private static final int MOST_MARKS = 1_000;

  /** As long as a provider keeps results. */
  private static final Duration REMEMBERED = Duration.ofDays(60);

  /**
   * Something that counts once.
   *
   * @param mark what it is known by, together with others
   */
  record Told(String mark, Prospect call, Spend spend) {}

  private final BudgetStore store;
  private final InstantSource clock;
  private final Queue<Told> waiting = new ConcurrentLinkedQueue<>();

  /** Whether this JVM is the first, by mark. */
  private final Map<String, Boolean> first =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_MARKS;
        }
      };

  Once(BudgetStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Any thread. */
  void add(Told told) {
    waiting.add(told);
  }

  /** Shows what counts. For the store's thread. */
  void round(Consumer<Told> counts) {
    for (Told told = waiting.peek(); told != null; told = waiting.peek()) {
      try {
        if (isFirst(told.mark())) {
          counts.accept(told);
        }
        waiting.poll();
      } catch (IOException | RuntimeException down) {
        Log.debug("what counts once waits: " + down);
        return;
      }
    }
  }

  private boolean isFirst(String mark) throws IOException {
    Boolean known = first.get(mark);
    if (known == null) {
      known = store.firstTime(mark, clock.instant().plus(REMEMBERED));
      first.put(mark, known);
    }
    return known;
  }
}
