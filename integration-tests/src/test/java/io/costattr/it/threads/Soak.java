package io.costattr.it.threads;

import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Hands over pieces of work, at random among executors of every kind and under customers at random,
 * nested, cancelled, rejected, failing, leaving scopes open, and has each compare whose it is with
 * whose it was when it was handed over. Prints how many did and what was wrong.
 */
public final class Soak {
  private static final int CUSTOMERS = 1_000;
  private static final int DRIVERS = 3;
  private static final int MOST_WAITING = 2_000;
  private static final int CALLS_EVERY = 20_000;

  private static final LongAdder TASKS = new LongAdder();
  private static final LongAdder COMPARED = new LongAdder();
  private static final LongAdder WRONG = new LongAdder();
  private static final LongAdder MISSING = new LongAdder();
  private static final LongAdder WAITING = new LongAdder();
  private static final ConcurrentLinkedQueue<String> SAID = new ConcurrentLinkedQueue<>();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final List<ExecutorService> POOLS = new ArrayList<>();
  private static final ScheduledThreadPoolExecutor SCHEDULES = new ScheduledThreadPoolExecutor(2);
  private static final ForkJoinPool FORK_JOIN = new ForkJoinPool(3);
  private static final ConcurrentLinkedQueue<CompletableFuture<String>> SHARED =
      new ConcurrentLinkedQueue<>();

  /** The same objects over and over: theirs may be missing, and never wrong. */
  private static final Runnable[] REPEATED =
      IntStream.range(0, 8).mapToObj(i -> (Runnable) () -> repeated(i)).toArray(Runnable[]::new);

  private static String base = "";

  private Soak() {}

  public static void main(String[] arguments) throws Exception {
    long tasks = Long.parseLong(arguments[0]);
    base = arguments.length > 1 ? arguments[1] : "";
    makePools();
    List<Thread> drivers = new ArrayList<>();
    for (int i = 0; i < DRIVERS; i++) {
      SplittableRandom random = new SplittableRandom(4711 + i);
      Thread driver =
          new Thread(
              () -> {
                while (TASKS.sum() < tasks) {
                  underSomebody(random, () -> handOver(random, 0));
                  while (WAITING.sum() > MOST_WAITING) {
                    LockSupport.parkNanos(50_000);
                  }
                }
              },
              "driver-" + i);
      driver.start();
      drivers.add(driver);
    }
    for (Thread driver : drivers) {
      driver.join();
    }
    for (CompletableFuture<String> shared : SHARED) {
      shared.complete("");
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (WAITING.sum() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    SAID.stream().limit(20).forEach(System.out::println);
    System.out.println(
        "tasks "
            + TASKS.sum()
            + " compared "
            + COMPARED.sum()
            + " wrong "
            + WRONG.sum()
            + " missing "
            + MISSING.sum()
            + " waiting "
            + WAITING.sum());
    System.exit(0);
  }

  private static void makePools() throws Exception {
    POOLS.add(Executors.newFixedThreadPool(4));
    POOLS.add(Executors.newCachedThreadPool());
    POOLS.add(Executors.newSingleThreadExecutor());
    for (RejectedExecutionHandler handler :
        List.of(new ThreadPoolExecutor.AbortPolicy(), new ThreadPoolExecutor.CallerRunsPolicy())) {
      POOLS.add(
          new ThreadPoolExecutor(
              1, 3, 1, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(50), handler));
    }
    POOLS.add(
        new ThreadPoolExecutor(
            2, 2, 1, TimeUnit.MINUTES, new PriorityBlockingQueue<>(16, Soak::byHash)));
    POOLS.add(FORK_JOIN);
    POOLS.add(SCHEDULES);
    if (Runtime.version().feature() >= 21) {
      POOLS.add(
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    }
  }

  private static int byHash(Runnable one, Runnable other) {
    return Integer.compare(System.identityHashCode(one), System.identityHashCode(other));
  }

  /** As somebody or, every fourth time, as whoever it is already. */
  private static void underSomebody(SplittableRandom random, Runnable action) {
    int customer = random.nextInt(CUSTOMERS * 4 / 3);
    if (customer >= CUSTOMERS) {
      action.run();
      return;
    }
    try (Scope scope = AttributionContext.with(Who.is("customer " + customer))) {
      action.run();
    }
  }

  /** One piece of work or several, by one of all ways. */
  private static void handOver(SplittableRandom random, int depth) {
    ExecutorService pool = POOLS.get(random.nextInt(POOLS.size()));
    String expected = Who.now();
    SplittableRandom own = random.split();
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> execute(pool, work(expected, own, depth));
      case 3, 4 -> submit(pool, work(expected, own, depth));
      case 5 -> cancel(pool, expected, own, depth);
      case 6 -> fail(pool, expected, own, depth);
      case 7 -> schedule(expected, own, depth);
      case 8 -> fork(expected, own, depth);
      case 9, 10 -> chain(pool, expected, own, depth);
      case 11 -> parallel(expected);
      case 12 -> all(pool, expected, own, depth);
      case 13 -> leaveOpen(pool, expected);
      case 14 -> share(pool, expected, own, depth);
      default -> repeat(pool);
    }
  }

  /** Compares, and hands further work over. */
  private static Runnable work(String expected, SplittableRandom random, int depth) {
    WAITING.increment();
    return () -> {
      try {
        arrive(expected);
        if (!base.isEmpty() && random.nextInt(CALLS_EVERY) == 0) {
          Who.calls(CLIENT, base, expected);
        }
        if (depth < 3 && random.nextInt(3) == 0) {
          underSomebody(random, () -> handOver(random, depth + 1));
          compare(expected);
        }
      } finally {
        WAITING.decrement();
      }
    };
  }

  /** A task runs. */
  private static void arrive(String expected) {
    TASKS.increment();
    compare(expected);
  }

  private static void compare(String expected) {
    COMPARED.increment();
    String now = Who.now();
    if (!now.equals(expected)) {
      (now.equals(Who.NOBODY) ? MISSING : WRONG).increment();
      say("expected " + expected + ", was " + now);
    }
  }

  private static void say(String fault) {
    if (SAID.size() < 20) {
      StringBuilder text = new StringBuilder(fault).append(" on ").append(Thread.currentThread());
      StackTraceElement[] stack = new Throwable().getStackTrace();
      for (int i = 2; i < Math.min(stack.length, 12); i++) {
        text.append("\n    ").append(stack[i]);
      }
      SAID.add(text.toString());
    }
  }

  private static boolean execute(ExecutorService pool, Runnable work) {
    try {
      pool.execute(work);
      return true;
    } catch (RejectedExecutionException full) {
      WAITING.decrement();
      return false;
    }
  }

  private static void submit(ExecutorService pool, Runnable work) {
    if (isByPriority(pool)) {
      execute(pool, work);
      return;
    }
    try {
      pool.submit(work);
    } catch (RejectedExecutionException full) {
      WAITING.decrement();
    }
  }

  private static boolean isByPriority(ExecutorService pool) {
    return pool instanceof ThreadPoolExecutor own
        && own.getQueue() instanceof PriorityBlockingQueue;
  }

  private static void cancel(
      ExecutorService pool, String expected, SplittableRandom random, int depth) {
    Runnable work = work(expected, random, depth);
    WAITING.decrement();
    try {
      // What is cancelled in the queue does not run; what runs already goes on.
      Future<?> future =
          pool.submit(
              () -> {
                WAITING.increment();
                work.run();
              });
      future.cancel(random.nextBoolean());
    } catch (RejectedExecutionException full) {
      return;
    }
  }

  private static void fail(
      ExecutorService pool, String expected, SplittableRandom random, int depth) {
    Runnable work = work(expected, random, depth);
    submit(
        pool,
        () -> {
          work.run();
          throw new MeantToFail();
        });
  }

  private static void schedule(String expected, SplittableRandom random, int depth) {
    SCHEDULES.schedule(work(expected, random, depth), random.nextInt(3), TimeUnit.MILLISECONDS);
  }

  private static void fork(String expected, SplittableRandom random, int depth) {
    Runnable work = work(expected, random, depth);
    Branch branch = new Branch(expected, work, 3);
    if (random.nextBoolean()) {
      FORK_JOIN.execute(branch);
    } else {
      branch.fork();
    }
  }

  private static final class Branch extends RecursiveAction {
    private static final long serialVersionUID = 1L;
    private final String expected;
    private final transient Runnable work;
    private final int depth;

    Branch(String expected, Runnable work, int depth) {
      this.expected = expected;
      this.work = work;
      this.depth = depth;
    }

    @Override
    protected void compute() {
      arrive(expected);
      if (depth == 0) {
        return;
      }
      if (depth == 3) {
        work.run();
      }
      Branch left = new Branch(expected, work, depth == 3 ? 1 : depth - 1);
      Branch right = new Branch(expected, work, 0);
      left.fork();
      right.fork();
      right.join();
      left.join();
      compare(expected);
    }
  }

  private static void chain(
      ExecutorService pool, String expected, SplittableRandom random, int depth) {
    Executor on = isByPriority(pool) ? FORK_JOIN : pool;
    Runnable work = work(expected, random, depth);
    try {
      CompletableFuture.supplyAsync(Who::now, on)
          .thenApply(
              seen -> {
                arrive(expected);
                return seen;
              })
          .thenApplyAsync(
              seen -> {
                arrive(expected);
                return seen;
              },
              FORK_JOIN)
          .thenCompose(
              seen ->
                  CompletableFuture.supplyAsync(
                      () -> {
                        arrive(expected);
                        return seen;
                      }))
          .handleAsync(
              (seen, failure) -> {
                arrive(expected);
                throw new MeantToFail();
              })
          .whenComplete(
              (seen, failure) -> {
                work.run();
              });
    } catch (RejectedExecutionException full) {
      WAITING.decrement();
    }
  }

  private static void parallel(String expected) {
    TASKS.increment();
    IntStream.range(0, 16).parallel().forEach(i -> compare(expected));
  }

  private static void all(
      ExecutorService pool, String expected, SplittableRandom random, int depth) {
    if (isByPriority(pool) || Thread.currentThread().getName().startsWith("pool-")) {
      // Waiting for one's own pool would not end.
      submit(pool, work(expected, random, depth));
      return;
    }
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(
          () -> {
            arrive(expected);
            return "";
          });
    }
    try {
      if (depth == 0) {
        for (Future<String> future : pool.invokeAll(calls)) {
          future.get();
        }
      }
    } catch (RejectedExecutionException full) {
      return;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A scope that nobody closes. */
  @SuppressWarnings("MustBeClosedChecker") // That is the point.
  private static void leaveOpen(ExecutorService pool, String expected) {
    WAITING.increment();
    execute(
        pool,
        () -> {
          if (pool instanceof ThreadPoolExecutor own
              && own.getRejectedExecutionHandler() instanceof ThreadPoolExecutor.CallerRunsPolicy) {
            // It may be the caller's thread, whose own scope it would hide.
            WAITING.decrement();
            return;
          }
          arrive(expected);
          AttributionContext.with(Who.is("left open"));
          WAITING.decrement();
        });
  }

  /** Futures that one customer waits for and another completes. */
  private static void share(
      ExecutorService pool, String expected, SplittableRandom random, int depth) {
    Executor on = isByPriority(pool) || pool instanceof ThreadPoolExecutor ? FORK_JOIN : pool;
    CompletableFuture<String> shared = new CompletableFuture<>();
    Runnable work = work(expected, random, depth);
    shared.thenRunAsync(work, on);
    SHARED.add(shared);
    CompletableFuture<String> others = SHARED.poll();
    if (others != null) {
      others.complete("");
    }
  }

  private static void repeat(ExecutorService pool) {
    Runnable repeated = REPEATED[ThreadLocalRandom.current().nextInt(REPEATED.length)];
    WAITING.increment();
    execute(pool, repeated);
  }

  /** Whose this is nobody knows; but it is nobody's who never handed it over. */
  private static void repeated(int which) {
    WAITING.decrement();
    TASKS.increment();
    COMPARED.increment();
    if (Who.now().equals("left open")) {
      WRONG.increment();
      say("a scope left open, in repeated " + which);
    }
  }

  private static final class MeantToFail extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MeantToFail() {
      super("meant to fail", null, false, false);
    }
  }
}
