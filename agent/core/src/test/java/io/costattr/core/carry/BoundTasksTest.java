package io.costattr.core.carry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundTasksTest {
  private static final Place[] PLACES = {new Said()};

  private final BoundTasks bound = new BoundTasks();
  private final Object pool = new Object();

  @Test
  void aTaskIsFoundByWhatItIsAndOnce() {
    Object task = new Object();
    bound.bind(pool, task, carried("a"));

    assertThat(bound.take(pool, new Object())).isNull();
    assertThat(bound.take(new Object(), task)).isNull();
    assertThat(said(bound.take(pool, task))).isEqualTo("a");
    assertThat(bound.take(pool, task)).isNull();
  }

  @Test
  void theSameTaskTwiceForTheSameCustomerIsThatCustomersTwice() {
    Object task = new Object();
    bound.bind(pool, task, carried("a"));
    bound.bind(pool, task, carried("a"));

    assertThat(said(bound.take(pool, task))).isEqualTo("a");
    assertThat(said(bound.take(pool, task))).isEqualTo("a");
    assertThat(bound.take(pool, task)).isNull();
  }

  @Test
  void theSameTaskForTwoCustomersIsNobodysUntilBothRunsAreOver() {
    Object task = new Object();
    bound.bind(pool, task, carried("a"));
    bound.bind(pool, task, carried("b"));

    assertThat(bound.take(pool, task)).isNull();
    bound.bind(pool, task, carried("a"));
    assertThat(bound.take(pool, task)).isNull();
    assertThat(bound.take(pool, task)).isNull();

    bound.bind(pool, task, carried("b"));
    assertThat(said(bound.take(pool, task))).isEqualTo("b");
  }

  @Test
  void theSameTaskForACustomerAndForNobodyIsNobodys() {
    Object task = new Object();
    bound.bind(pool, task, Carried.nothing(PLACES));
    bound.bind(pool, task, carried("a"));

    assertThat(bound.take(pool, task)).isNull();
    assertThat(bound.take(pool, task)).isNull();
  }

  @Test
  void theSameTaskInTwoPoolsIsEachOnesOwn() {
    Object task = new Object();
    Object other = new Object();
    bound.bind(pool, task, carried("a"));
    bound.bind(other, task, carried("b"));

    assertThat(said(bound.take(pool, task))).isEqualTo("a");
    assertThat(said(bound.take(other, task))).isEqualTo("b");
  }

  @Test
  void whetherFewWaitOrManyEachIsFoundOnceAndTheSameForTwoCustomersIsNobodys() {
    List<Object> tasks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Object task = new Object();
      bound.bind(pool, task, carried("customer " + i));
      tasks.add(task);
    }
    Object early = tasks.get(0);
    Object late = tasks.get(39);
    bound.bind(pool, early, carried("another"));
    assertThat(said(bound.take(pool, tasks.get(1)))).isEqualTo("customer 1");
    bound.bind(pool, late, carried("another"));

    for (Object shared : List.of(early, late)) {
      assertThat(bound.take(pool, shared)).isNull();
      assertThat(bound.take(pool, shared)).isNull();
      bound.bind(pool, shared, carried("a"));
      assertThat(said(bound.take(pool, shared))).isEqualTo("a");
    }
    for (int i = 38; i > 1; i--) {
      assertThat(said(bound.take(pool, tasks.get(i)))).isEqualTo("customer " + i);
      assertThat(bound.take(pool, tasks.get(i))).isNull();
    }
  }

  @Test
  void theSameTaskForTwoCustomersAtOnceIsNobodysWhileOthersComeAndGo() throws Exception {
    int rounds = 3_000;
    CyclicBarrier barrier = new CyclicBarrier(2);
    AtomicReference<BoundTasks> round = new AtomicReference<>(bound);
    AtomicReference<Object> shared = new AtomicReference<>(new Object());
    AtomicInteger wrong = new AtomicInteger();
    Thread other =
        new Thread(
            () -> {
              for (int i = 0; i < rounds; i++) {
                await(barrier);
                round.get().bind(pool, shared.get(), carried("b"));
                await(barrier);
              }
            });
    other.start();
    for (int i = 0; i < rounds; i++) {
      BoundTasks fresh = new BoundTasks();
      List<Object> others = new ArrayList<>();
      for (int j = 0; j < i % 8; j++) {
        others.add(new Object());
        fresh.bind(pool, others.get(j), carried("another"));
      }
      Object task = new Object();
      round.set(fresh);
      shared.set(task);
      await(barrier);
      for (Object done : others) {
        fresh.take(pool, done);
      }
      fresh.bind(pool, task, carried("a"));
      await(barrier);
      for (int run = 0; run < 2; run++) {
        if (fresh.take(pool, task) != null) {
          wrong.incrementAndGet();
        }
      }
    }
    other.join();
    assertThat(wrong).hasValue(0);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsForkedAgainCarriesWhatItWasForkedWithLast() {
    Object task = new Object();
    bound.rebind(task, carried("a"));
    bound.rebind(task, carried("b"));

    assertThat(said(bound.take(BoundTasks.NO_POOL, task))).isEqualTo("b");
    assertThat(bound.take(BoundTasks.NO_POOL, task)).isNull();
  }

  @Test
  void aClassIsTrackedInAPoolFromItsFirstTaskOn() {
    assertThat(bound.isTracked(pool, "a")).isFalse();
    bound.track(pool, "a");
    assertThat(bound.isTracked(pool, "c")).isTrue();
  }

  @Test
  void whatWaitedForTheSameClassBeforeAnythingWasCarriedCounts() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    Runnable task = () -> {};
    executor.getQueue().add(task);
    bound.track(executor, task);
    bound.bind(executor, task, carried("a"));

    assertThat(bound.take(executor, task)).isNull();
    assertThat(bound.take(executor, task)).isNull();
  }

  @Test
  void soItDoesInEachOfManyPools() {
    for (int i = 0; i < 1_000; i++) {
      ThreadPoolExecutor executor =
          new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      Runnable task = () -> {};
      executor.getQueue().add(task);
      bound.track(executor, task);
      bound.bind(executor, task, carried("a"));

      assertThat(bound.take(executor, task)).as("pool " + i).isNull();
      assertThat(bound.take(executor, task)).as("pool " + i).isNull();
    }
  }

  @Test
  void aTaskThatIsNeverRunIsNotKeptAlive() throws Exception {
    Object task = new Object();
    WeakReference<Object> collected = new WeakReference<>(task);
    bound.bind(pool, task, carried("a"));
    task = null;

    while (!collected.refersTo(null)) {
      System.gc();
    }
    // What was bound with it does not hinder others.
    for (int i = 0; i < 100_000; i++) {
      Object other = new Object();
      bound.bind(pool, other, carried("b"));
      assertThat(said(bound.take(pool, other))).isEqualTo("b");
    }
  }

  @Test
  void manyThreadsFindTheirOwnAmongManyTasks() throws Exception {
    int threads = 4;
    AtomicInteger wrong = new AtomicInteger();
    CountDownLatch ready = new CountDownLatch(threads);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String customer = "customer " + i;
      Thread thread =
          new Thread(
              () -> {
                ready.countDown();
                for (int round = 0; round < 200; round++) {
                  List<Object> tasks = new ArrayList<>();
                  for (int j = 0; j < 500; j++) {
                    Object task = new Object();
                    tasks.add(task);
                    bound.bind(pool, task, carried(customer));
                  }
                  for (Object task : tasks) {
                    if (!customer.equals(said(bound.take(pool, task)))
                        || bound.take(pool, task) != null) {
                      wrong.incrementAndGet();
                    }
                  }
                }
              });
      thread.start();
      all.add(thread);
    }
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(wrong).hasValue(0);
  }

  private static Carried carried(String value) {
    Said.THREAD.set(value);
    Carried carried = Carried.capture(PLACES, null);
    assertThat(carried).isNotNull();
    Said.THREAD.remove();
    return carried;
  }

  private static @Nullable Object said(@Nullable Carried carried) {
    return carried == null ? null : carried.value(0);
  }
}
