package io.costattr.benchmarks.jmh;

import io.costattr.advice.context.ApiScopes;
import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.core.carry.Handoffs;
import io.costattr.core.carry.Place;
import io.costattr.core.carry.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What woven executors add to a hand-off, on both threads together: at most 20 ns when nothing is
 * in force, at most 100 ns when something is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HandOff {
  private static final int WAITING = 100;

  @Param({"false", "true"})
  public boolean inForce;

  private final Place place = new ApiScopes();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  private final ThreadPoolExecutor mixedPool =
      new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  private final ThreadPoolExecutor crowdedPool =
      new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  private final List<Runnable> waiting = new ArrayList<>();
  private final Runnable task = HandOff::nothing;
  private final Object[] part = Handoffs.part();
  private final Function<Object, @Nullable Object> capture = function(0);
  private final Function<Object, Object> enter = function(3);
  private final Consumer<Object> leave = consumer(4);
  private final BiConsumer<Object, Object> handOver = both(5);
  private final BiConsumer<Object, Object> taken = both(7);
  private final Runnable taskDone = (Runnable) part[9];
  private final Attribution customer = Attribution.builder().customerId("cust_4291").build();

  @SuppressWarnings("unchecked")
  private <T extends @Nullable Object> Function<Object, T> function(int index) {
    return (Function<Object, T>) part[index];
  }

  @SuppressWarnings("unchecked")
  private Consumer<Object> consumer(int index) {
    return (Consumer<Object>) part[index];
  }

  @SuppressWarnings("unchecked")
  private BiConsumer<Object, Object> both(int index) {
    return (BiConsumer<Object, Object>) part[index];
  }

  private static void nothing() {}

  @Setup
  public void start() {
    Places.add(place);
    try (var scope = AttributionContext.with(customer)) {
      Runnable first = new Task();
      handOver.accept(mixedPool, first);
      taken.accept(mixedPool, first);
      for (int i = 0; i < WAITING; i++) {
        Runnable one = new Task();
        waiting.add(one);
        handOver.accept(crowdedPool, one);
      }
    }
    taskDone.run();
  }

  @TearDown
  public void end() {
    Places.remove(place);
    pool.shutdown();
    mixedPool.shutdown();
    crowdedPool.shutdown();
    waiting.clear();
  }

  /** No hand-off: what the figures of the others have besides. */
  @Benchmark
  public @Nullable Object scope() {
    if (inForce) {
      try (var scope = AttributionContext.with(customer)) {
        return scope;
      }
    }
    return null;
  }

  /**
   * A task that is made for one hand-off: of {@code submit}, of a future's stage. This thread is
   * the one that takes it as well, so that opening and closing a scope is part of the figure.
   */
  @Benchmark
  public @Nullable Object future() {
    Object captured;
    if (inForce) {
      try (var scope = AttributionContext.with(customer)) {
        captured = capture.apply(task);
      }
    } else {
      captured = capture.apply(task);
    }
    if (captured != null) {
      leave.accept(enter.apply(captured));
    }
    return captured;
  }

  /**
   * A task that a pool queues as it is: of {@code execute}; with the scope as above. It is the same
   * one again and again.
   */
  @Benchmark
  public void pool() {
    execute(pool, task);
  }

  /** As {@link #pool}, another task each time: its identity has not been asked for yet. */
  @Benchmark
  public void poolOfNewTasks() {
    execute(pool, new Task());
  }

  /** As {@link #poolOfNewTasks}, where a task of the same class has carried something before. */
  @Benchmark
  public void mixedPool() {
    execute(mixedPool, new Task());
  }

  /** As {@link #mixedPool}, in a pool in which many such tasks wait. */
  @Benchmark
  public void crowdedPool() {
    execute(crowdedPool, new Task());
  }

  private void execute(ThreadPoolExecutor pool, Runnable executed) {
    if (inForce) {
      try (var scope = AttributionContext.with(customer)) {
        handOver.accept(pool, executed);
      }
    } else {
      handOver.accept(pool, executed);
    }
    taken.accept(pool, executed);
    taskDone.run();
  }

  private static final class Task implements Runnable {
    @Override
    public void run() {}
  }
}
