package io.costattr.core.carry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What executors tell, without executors. */
class HandoffsTest {
  private final Object[] part = Handoffs.part();
  private final Place place = new Said();
  private final Runnable task = new Task();

  /** A task of the application's. */
  private static final class Task implements Runnable {
    @Override
    public void run() {}
  }

  @BeforeEach
  void begin() {
    Places.add(place);
  }

  @AfterEach
  void end() {
    Places.remove(place);
    Said.THREAD.remove();
  }

  @Test
  void whatIsCapturedIsInForceForItsTurnAndThenWhatWasBefore() {
    Said.THREAD.set("one");
    Object captured = ask(0, task);
    Said.THREAD.set("another");

    Object turn = ask(3, captured);
    assertThat(Said.THREAD.get()).isEqualTo("one");
    tell(4, turn);
    assertThat(Said.THREAD.get()).isEqualTo("another");
  }

  @Test
  void nothingIsCapturedWhereNothingIsInForceNorOfTheJdksAndLibrariesOwnTasks() {
    assertThat(ask(0, task)).isNull();
    Said.THREAD.set("one");
    assertThat(ask(0, task)).isNotNull();
    assertThat(ask(0, null)).isNull();
    assertThat(ask(0, new FutureTask<>(task, null))).isNull();
    assertThat(ask(0, Thread.currentThread())).isNull();
    assertThat(ask(0, java.util.concurrent.Executors.callable(task))).isNotNull();
  }

  @Test
  void aTaskThatHandsItselfOverAgainCarriesNothing() {
    Said.THREAD.set("one");
    Object turn = ask(3, ask(0, task));

    assertThat(ask(0, task)).isNull();
    assertThat(ask(0, new Task())).isNotNull();
    tell(4, turn);
    assertThat(ask(0, task)).isNotNull();
  }

  @Test
  void turnsEndWithinEachOther() {
    Said.THREAD.set("outer");
    Object outer = ask(0, task);
    Said.THREAD.set("inner");
    Object inner = ask(0, new Task());
    Said.THREAD.remove();

    Object first = ask(3, outer);
    Object second = ask(3, inner);
    assertThat(Said.THREAD.get()).isEqualTo("inner");
    tell(4, second);
    assertThat(Said.THREAD.get()).isEqualTo("outer");
    tell(4, first);
    assertThat(Said.THREAD.get()).isNull();
  }

  @Test
  void aWorkerBeginsEachTaskWithWhatItBeganWith() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    Said.THREAD.set("one");
    tell(5, pool, task);
    Said.THREAD.remove();

    tell(7, pool, task);
    assertThat(Said.THREAD.get()).isEqualTo("one");
    ((Runnable) part[9]).run();
    assertThat(Said.THREAD.get()).isNull();

    Said.THREAD.set("left");
    ((Runnable) part[9]).run();
    assertThat(Said.THREAD.get()).isNull();
  }

  @Test
  void whatWasLeftBelowATurnThatDidNotEndIsFoundWhenTheTaskIsOver() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    Said.THREAD.set("one");
    tell(5, pool, task);
    Object another = ask(0, new Task());
    Said.THREAD.remove();
    final int found = Said.found;

    tell(7, pool, task);
    Said.THREAD.set(Said.LEFT);
    ask(3, another);
    ((Runnable) part[9]).run();
    assertThat(Said.THREAD.get()).isNull();
    assertThat(Said.found).isEqualTo(found + 1);
    assertThat(ask(0, task)).isNull();
  }

  @Test
  void theFirstTasksOfSeveralThreadsAllCarry() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int round = 0; round < 200; round++) {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      for (int i = 0; i < 200; i++) {
        // Long enough that others come while it is looked through.
        pool.getQueue().add(new Task());
      }
      CyclicBarrier together = new CyclicBarrier(4);
      List<Callable<Runnable>> handOvers =
          Collections.nCopies(
              4,
              () -> {
                Runnable own = new Task();
                Said.THREAD.set("one");
                together.await();
                tell(5, pool, own);
                pool.getQueue().add(own);
                Said.THREAD.remove();
                return own;
              });
      for (Future<Runnable> own : threads.invokeAll(handOvers)) {
        tell(7, pool, own.get());
        assertThat(Said.THREAD.get()).as("round " + round).isEqualTo("one");
        ((Runnable) part[9]).run();
        assertThat(Said.THREAD.get()).isNull();
      }
    }
    threads.shutdown();
  }

  @Test
  void whoRunsAnothersTaskWhileWaitingHasNothingOfItsOwnMeanwhile() {
    Said.THREAD.set("waiting");

    Object turn = ask(12, task);
    assertThat(Said.THREAD.get()).isNull();
    tell(13, turn);
    assertThat(Said.THREAD.get()).isEqualTo("waiting");
  }

  @Test
  void aForkedTaskCarriesUntilItIsTakenBack() {
    Said.THREAD.set("one");
    tell(10, task);
    Said.THREAD.remove();
    Object turn = ask(12, task);
    assertThat(Said.THREAD.get()).isEqualTo("one");
    tell(13, turn);

    Said.THREAD.set("one");
    tell(10, task);
    tell(11, task);
    Said.THREAD.remove();
    assertThat(ask(12, task)).isNull();
  }

  @Test
  void aPlaceThatFailsLeavesTheThreadAsItWas() {
    Place failing =
        new Place() {
          @Override
          public @Nullable Object mark() {
            return "mark";
          }

          @Override
          public Object carried() {
            return "carried";
          }

          @Override
          public @Nullable Object replace(@Nullable Object carried) {
            throw new IllegalStateException("meant to fail");
          }

          @Override
          public boolean restore(@Nullable Object mark) {
            return false;
          }
        };
    Places.add(failing);
    try {
      Said.THREAD.set("one");
      Object captured = ask(0, task);
      Said.THREAD.set("before");
      Callable<Object> entering = () -> ask(3, captured);
      org.assertj.core.api.Assertions.assertThatThrownBy(entering::call)
          .isInstanceOf(IllegalStateException.class);
      assertThat(Said.THREAD.get()).isEqualTo("before");
    } finally {
      Places.remove(failing);
    }
  }

  @Test
  void somethingOfALibrarysIsSentOnce() {
    Object carrier = new Task();
    Said.THREAD.set("one");
    Handoffs.sendWith(carrier);
    Said.THREAD.remove();

    Object arrived = Handoffs.arrive(carrier);
    assertThat(Said.THREAD.get()).isEqualTo("one");
    Handoffs.leave(arrived);
    assertThat(Said.THREAD.get()).isNull();
    assertThat(Handoffs.arrive(carrier)).isNull();
  }

  @Test
  void whatBeginsOnAThreadEndsWithWhatWasThereBefore() {
    Said.THREAD.set("before");
    Object begun = Handoffs.begin();
    Said.THREAD.set("left");
    Handoffs.end(begun);
    assertThat(Said.THREAD.get()).isEqualTo("before");
  }

  @SuppressWarnings("unchecked")
  private @Nullable Object ask(int which, @Nullable Object about) {
    return ((Function<@Nullable Object, @Nullable Object>) part[which]).apply(about);
  }

  @SuppressWarnings("unchecked")
  private void tell(int which, @Nullable Object about) {
    ((Consumer<@Nullable Object>) part[which]).accept(about);
  }

  @SuppressWarnings("unchecked")
  private void tell(int which, Object about, Object task) {
    ((BiConsumer<Object, Object>) part[which]).accept(about, task);
  }
}
