package io.costattr.it.threads;

import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Looks at its executors from every side, under an attribution, and prints what there is to see:
 * the same with the agent and without it.
 */
public final class Looks {
  private Looks() {}

  public static void main(String[] arguments) throws Exception {
    try (Scope scope = AttributionContext.with(Who.is("somebody"))) {
      queues();
      priorities();
      hooks();
      rejections();
      futures();
      stacks();
    }
    System.exit(0);
  }

  private static void say(String what, Object seen) {
    // Identities and the numbers of hidden classes differ from run to run.
    System.out.println(
        what
            + ": "
            + String.valueOf(seen)
                .replaceAll("@[0-9a-f]+", "@")
                .replaceAll("Lambda[$/0-9a-fx]*", "Lambda"));
  }

  /** A named task, to be told apart. */
  private record Named(String name) implements Runnable {
    @Override
    public void run() {}
  }

  private static void queues() throws Exception {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
    CountDownLatch busy = new CountDownLatch(1);
    pool.execute(() -> await(busy));
    Runnable first = new Named("first");
    Runnable second = new Named("second");
    pool.execute(first);
    pool.execute(second);
    pool.execute(first);
    Future<?> submitted = pool.submit(first);
    say("queued", pool.getQueue());
    say("the very object", pool.getQueue().peek() == first);
    say("contained", pool.getQueue().contains(second));
    say("submitted is queued", pool.getQueue().contains(submitted));
    say("removed", pool.remove(second) + " " + pool.remove(second));
    submitted.cancel(false);
    pool.purge();
    say("purged", pool.getQueue());
    List<Runnable> left = pool.shutdownNow();
    say("left", left);
    say("the very objects", left.get(0) == first && left.get(1) == first);
    busy.countDown();
    ScheduledThreadPoolExecutor schedules = new ScheduledThreadPoolExecutor(1);
    schedules.schedule(first, 1, TimeUnit.HOURS);
    say("scheduled", schedules.getQueue().toString().replaceAll("Future.*Task", "Task"));
    say("left scheduled", schedules.shutdownNow().size());
  }

  private static void priorities() throws Exception {
    List<String> order = new ArrayList<>();
    record Ranked(int rank, List<String> order) implements Runnable, Comparable<Ranked> {
      @Override
      public int compareTo(Ranked other) {
        return Integer.compare(rank, other.rank);
      }

      @Override
      public void run() {
        order.add("rank " + rank);
      }
    }
    ThreadPoolExecutor natural =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new PriorityBlockingQueue<>());
    CountDownLatch busy = new CountDownLatch(1);
    natural.execute(() -> await(busy));
    for (int rank : new int[] {5, 1, 4, 1, 3}) {
      natural.execute(new Ranked(rank, order));
    }
    busy.countDown();
    natural.shutdown();
    natural.awaitTermination(60, TimeUnit.SECONDS);
    say("by their own order", order);
    List<String> compared = new ArrayList<>();
    Comparator<Runnable> comparator =
        (one, other) -> {
          compared.add(one.getClass().getSimpleName() + "/" + other.getClass().getSimpleName());
          return 0;
        };
    ThreadPoolExecutor given =
        new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.MINUTES, new PriorityBlockingQueue<>(4, comparator));
    CountDownLatch again = new CountDownLatch(1);
    given.execute(() -> await(again));
    given.execute(new Named("a"));
    given.execute(new Named("b"));
    again.countDown();
    given.shutdown();
    given.awaitTermination(60, TimeUnit.SECONDS);
    say("compared", compared);
  }

  private static void hooks() throws Exception {
    List<String> seen = new ArrayList<>();
    Runnable task = new Named("hooked");
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>()) {
          @Override
          protected void beforeExecute(Thread thread, Runnable before) {
            seen.add("before " + before + " " + (before == task));
          }

          @Override
          protected void afterExecute(Runnable after, Throwable thrown) {
            seen.add("after " + after + " " + (after == task) + " " + thrown);
          }

          @Override
          protected void terminated() {
            seen.add("terminated " + getCompletedTaskCount());
          }
        };
    pool.execute(task);
    pool.submit(task).get();
    pool.submit(
            () -> {
              throw new IllegalStateException("meant to fail");
            })
        .cancel(false);
    pool.shutdown();
    pool.awaitTermination(60, TimeUnit.SECONDS);
    say(
        "hooks",
        String.join(", ", seen)
            .replaceAll("java.util.concurrent.FutureTask@[^ ]*\\[[^\\]]*\\]+", "future"));
  }

  private static void rejections() throws Exception {
    List<Object> refused = new ArrayList<>();
    CountDownLatch busy = new CountDownLatch(1);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            (task, executor) -> refused.add(task));
    pool.execute(() -> await(busy));
    Runnable task = new Named("refused");
    pool.execute(task);
    say("the very object refused", refused.get(0) == task);
    pool.setRejectedExecutionHandler(new ThreadPoolExecutor.AbortPolicy());
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      say("aborted", e.getMessage().replaceAll(" rejected from .*", ""));
      say("aborted at", frames(e));
    }
    pool.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
    pool.execute(() -> say("run by the caller", Who.now() + frames(new Throwable())));
    for (Executor executor : List.<Executor>of(pool, new ForkJoinPool(1))) {
      try {
        executor.execute(null);
      } catch (NullPointerException e) {
        say("null", frames(e));
      }
    }
    busy.countDown();
    pool.shutdown();
  }

  private static void futures() throws Exception {
    FutureTask<String> task = new FutureTask<>(new Named("made"), "done");
    say("a new future", task);
    task.cancel(true);
    say("a cancelled future", task + " " + task.isCancelled() + " " + task.isDone());
    FutureTask<String> failing =
        new FutureTask<>(
            () -> {
              throw new IllegalStateException("meant to fail");
            });
    failing.run();
    say("a failed future", failing);
    FutureTask<String> done = new FutureTask<>(new Named("made"), "done");
    done.run();
    say("a future that is done", done + " " + done.get());
    say("adapted", ForkJoinTask.adapt(new Named("adapted")));
    say("adapted with a result", ForkJoinTask.adapt(new Named("adapted"), "done"));
    ForkJoinTask<?> submitted = ForkJoinPool.commonPool().submit(new Named("submitted"));
    submitted.join();
    say("submitted", submitted.getClass().getSimpleName().replaceAll("Adapted.*", "Adapted"));
    CompletableFuture<String> stage = new CompletableFuture<>();
    CompletableFuture<String> next = stage.thenApplyAsync(text -> text);
    say("a stage", stage + " " + next + " " + stage.getNumberOfDependents());
    List<Object> executed = new ArrayList<>();
    CompletableFuture.supplyAsync(() -> "", executed::add);
    stage.thenRunAsync(() -> {}, executed::add);
    stage.complete("");
    say("what a stage executes", executed.stream().map(o -> o.getClass().getName()).toList());
    Executor later = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, executed::add);
    Runnable delayed = new Named("delayed");
    later.execute(delayed);
    while (executed.size() < 3) {
      Thread.onSpinWait();
    }
    say("what is executed later", executed.get(2) == delayed);
  }

  private static void stacks() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    ScheduledThreadPoolExecutor schedules = new ScheduledThreadPoolExecutor(1);
    ForkJoinPool forkJoin = new ForkJoinPool(1);
    CompletableFuture<String> executed = new CompletableFuture<>();
    pool.execute(() -> executed.complete(frames(new Throwable())));
    say("execute", executed.get());
    say("submit", pool.submit(() -> frames(new Throwable())).get());
    say("walked", pool.submit(Looks::walked).get());
    say("schedule", schedules.schedule(() -> frames(new Throwable()), 0, TimeUnit.SECONDS).get());
    say("forkJoin.submit", forkJoin.submit(() -> frames(new Throwable())).get());
    CompletableFuture<String> forked = new CompletableFuture<>();
    forkJoin.execute(() -> forked.complete(frames(new Throwable())));
    say("forkJoin.execute", forked.get());
    say("supplyAsync", CompletableFuture.supplyAsync(() -> frames(new Throwable()), pool).get());
    for (CompletableFuture<Throwable> stage :
        List.of(
            CompletableFuture.completedFuture("").thenApplyAsync(x -> new Throwable(), pool),
            CompletableFuture.completedFuture("").handleAsync((x, t) -> new Throwable(), pool),
            CompletableFuture.completedFuture("").thenApply(x -> new Throwable()))) {
      say("a stage", frames(stage.get()));
    }
    try {
      CompletableFuture.supplyAsync(
              () -> {
                throw new IllegalStateException("meant to fail");
              },
              pool)
          .join();
    } catch (java.util.concurrent.CompletionException e) {
      say("a failed stage", e + " " + frames(e.getCause()));
    }
    pool.shutdown();
    schedules.shutdown();
    forkJoin.shutdown();
  }

  private static String walked() {
    return StackWalker.getInstance()
        .walk(frames -> frames.map(f -> f.getMethodName()).collect(Collectors.joining(" ")));
  }

  private static String frames(Throwable thrown) {
    StringBuilder frames = new StringBuilder();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      frames
          .append("\n    ")
          .append(frame.getClassName())
          .append('.')
          .append(frame.getMethodName())
          .append(':')
          .append(frame.getLineNumber());
    }
    return frames.toString();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      return;
    }
  }
}
