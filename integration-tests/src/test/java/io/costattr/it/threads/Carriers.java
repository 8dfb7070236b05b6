package io.costattr.it.threads;

import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Hands work over by everything that JDK 17 has for it, each time for a customer of its own, and
 * prints who was expected there and who was. With a URL as its argument every piece of work calls a
 * model as well.
 */
public final class Carriers {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static String base = "";

  private Carriers() {}

  public static void main(String[] arguments) throws Exception {
    base = arguments.length == 0 ? "" : arguments[0];
    pools();
    schedules();
    forkJoin();
    stages();
    sharedFutures();
    neverCarried();
    repeatedInstances();
    wrapped();
    System.exit(0);
  }

  // What is asked where the work arrives, and what comes of it.

  /** A piece of work: says whose it is. */
  private static String work(String expected) {
    if (!base.isEmpty()) {
      Who.calls(CLIENT, base, expected);
    }
    return Who.now();
  }

  private static void said(String carrier, String expected, String actual) {
    System.out.println(
        (expected.equals(actual) ? "right " : "WRONG ")
            + carrier
            + ": expected "
            + expected
            + ", was "
            + actual);
  }

  private interface HandOff {
    void to(CompletableFuture<String> answer, String expected) throws Exception;
  }

  /** Hands over under a customer named as the carrier; what arrives is to be that customer's. */
  private static void carried(String carrier, HandOff handOff) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    try (Scope scope = AttributionContext.with(Who.is(carrier))) {
      handOff.to(answer, carrier);
    }
    said(carrier, carrier, answer.get(60, TimeUnit.SECONDS));
  }

  /** What arrives is to be nobody's. */
  private static void notCarried(String carrier, HandOff handOff) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    try (Scope scope = AttributionContext.with(Who.is(carrier))) {
      handOff.to(answer, Who.NOBODY);
    }
    said(carrier, Who.NOBODY, answer.get(60, TimeUnit.SECONDS));
  }

  private static void pools() throws Exception {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
    carried("pool.execute", (to, who) -> pool.execute(() -> to.complete(work(who))));
    // Both threads are there by now: these come out of the queue.
    pool.prestartAllCoreThreads();
    for (int i = 0; i < 4; i++) {
      carried("pool.execute queued " + i, (to, who) -> pool.execute(() -> to.complete(work(who))));
    }
    carried("pool.submit", (to, who) -> to.complete(pool.submit(() -> work(who)).get()));
    carried(
        "pool.submit of a Runnable",
        (to, who) -> pool.submit((Runnable) () -> to.complete(work(who))).get());
    carried(
        "pool.submit with a result",
        (to, who) -> pool.submit(() -> to.complete(work(who)), "done").get());
    carried(
        "pool.invokeAll",
        (to, who) -> to.complete(only(pool.invokeAll(List.<Callable<String>>of(() -> work(who))))));
    carried(
        "pool.invokeAny",
        (to, who) -> to.complete(pool.invokeAny(List.<Callable<String>>of(() -> work(who)))));
    carried(
        "a completion service",
        (to, who) -> {
          ExecutorCompletionService<String> service = new ExecutorCompletionService<>(pool);
          service.submit(() -> work(who));
          to.complete(service.take().get());
        });
    carried(
        "a FutureTask that is executed",
        (to, who) -> {
          FutureTask<String> task = new FutureTask<>(() -> work(who));
          pool.execute(task);
          to.complete(task.get());
        });
    ExecutorService delegating = Executors.unconfigurableExecutorService(pool);
    carried("a delegate", (to, who) -> delegating.execute(() -> to.complete(work(who))));
    ExecutorService single = Executors.newSingleThreadExecutor();
    carried("a single thread", (to, who) -> single.execute(() -> to.complete(work(who))));
    ExecutorService cached = Executors.newCachedThreadPool();
    carried("a cached pool", (to, who) -> cached.execute(() -> to.complete(work(who))));
    carried("a cached pool, again", (to, who) -> cached.execute(() -> to.complete(work(who))));
    ThreadPoolExecutor refusing =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(1),
            (task, executor) -> {
              try {
                executor.getQueue().put(task);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    CountDownLatch busy = new CountDownLatch(1);
    refusing.execute(() -> await(busy));
    refusing.execute(() -> {});
    carried(
        "a handler that queues what was refused",
        (to, who) -> {
          Thread caller =
              new Thread(
                  AttributionContext.wrap(() -> refusing.execute(() -> to.complete(work(who)))));
          caller.start();
          while (caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          busy.countDown();
        });
    carried(
        "nested",
        (to, who) ->
            pool.execute(() -> single.execute(() -> cached.execute(() -> to.complete(work(who))))));
    carried(
        "nested, for another customer",
        (to, who) ->
            AttributionContext.run(
                Who.is("somebody else"),
                () ->
                    pool.execute(
                        () ->
                            AttributionContext.run(
                                Who.is(who), () -> single.execute(() -> to.complete(work(who)))))));
    said("a pool afterwards", Who.NOBODY, pool.submit(() -> work(Who.NOBODY)).get());
    carried(
        "after an exception",
        (to, who) -> {
          for (int i = 0; i < 4; i++) {
            try {
              pool.submit(
                      () -> {
                        throw new IllegalStateException("meant to fail");
                      })
                  .get();
            } catch (java.util.concurrent.ExecutionException expected) {
              to.complete(pool.submit(() -> work(who)).get());
            }
          }
        });
    for (ExecutorService each : List.of(pool, single, cached, refusing)) {
      each.shutdown();
    }
  }

  private static void schedules() throws Exception {
    ScheduledExecutorService schedules = Executors.newScheduledThreadPool(1);
    carried(
        "schedule",
        (to, who) -> schedules.schedule(() -> to.complete(work(who)), 1, TimeUnit.MILLISECONDS));
    carried(
        "schedule of a Callable",
        (to, who) ->
            to.complete(schedules.schedule(() -> work(who), 1, TimeUnit.MILLISECONDS).get()));
    carried("schedules.execute", (to, who) -> schedules.execute(() -> to.complete(work(who))));
    carried("schedules.submit", (to, who) -> to.complete(schedules.submit(() -> work(who)).get()));
    notCarried(
        "a fixed rate",
        (to, who) ->
            schedules.scheduleAtFixedRate(() -> to.complete(work(who)), 0, 1, TimeUnit.HOURS));
    notCarried(
        "a fixed delay",
        (to, who) ->
            schedules.scheduleWithFixedDelay(() -> to.complete(work(who)), 0, 1, TimeUnit.HOURS));
    notCarried(
        "a timer that schedules itself again",
        (to, who) ->
            new Runnable() {
              private int turns;

              @Override
              public void run() {
                if (++turns == 3) {
                  to.complete(work(who));
                } else {
                  schedules.schedule(this, 1, TimeUnit.MILLISECONDS);
                }
              }
            }.run());
    schedules.shutdownNow();
  }

  private static void forkJoin() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(2);
    carried("forkJoin.execute", (to, who) -> pool.execute(() -> to.complete(work(who))));
    carried("forkJoin.submit", (to, who) -> to.complete(pool.submit(() -> work(who)).get()));
    carried(
        "forkJoin.submit of a Runnable",
        (to, who) -> pool.submit((Runnable) () -> to.complete(work(who))).get());
    carried(
        "forkJoin.invokeAll",
        (to, who) -> to.complete(only(pool.invokeAll(List.<Callable<String>>of(() -> work(who))))));
    // A pool of its own: JDK 25 interrupts the worker that has answered, when that may be at its
    // next task already.
    ForkJoinPool answering = new ForkJoinPool(2);
    carried(
        "forkJoin.invokeAny",
        (to, who) -> to.complete(answering.invokeAny(List.<Callable<String>>of(() -> work(who)))));
    carried("forkJoin.invoke", (to, who) -> to.complete(pool.invoke(new Tree(who, 3))));
    carried(
        "forkJoin.submit of a task", (to, who) -> to.complete(pool.submit(new Tree(who, 3)).get()));
    carried(
        "forkJoin.execute of a task",
        (to, who) -> {
          Tree tree = new Tree(who, 2);
          pool.execute(tree);
          to.complete(tree.join());
        });
    carried("fork in the common pool", (to, who) -> to.complete(new Tree(who, 2).fork().join()));
    carried("invoke on the caller's thread", (to, who) -> to.complete(new Tree(who, 3).invoke()));
    carried(
        "a parallel stream",
        (to, who) ->
            to.complete(
                one(
                    IntStream.range(0, 64)
                        .parallel()
                        .mapToObj(i -> base.isEmpty() || i % 16 == 0 ? work(who) : Who.now())
                        .toList())));
    carried(
        "a parallel stream in a pool of its own",
        (to, who) ->
            to.complete(
                pool.submit(
                        () ->
                            one(
                                IntStream.range(0, 10_000)
                                    .parallel()
                                    .mapToObj(i -> Who.now())
                                    .toList()))
                    .get()));
    said("fork and join afterwards", Who.NOBODY, pool.invoke(new Tree(Who.NOBODY, 3)));
    helpedWhileWaiting();
    pool.shutdown();
  }

  /** The only thread of a pool waits for a task and runs another one's meanwhile. */
  private static void helpedWhileWaiting() throws Exception {
    ForkJoinPool narrow = new ForkJoinPool(1);
    CompletableFuture<String> nobodys = new CompletableFuture<>();
    CompletableFuture<String> others = new CompletableFuture<>();
    CompletableFuture<String> own = new CompletableFuture<>();
    CountDownLatch queued = new CountDownLatch(1);
    RecursiveTask<String> waiting =
        new RecursiveTask<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected String compute() {
            await(queued);
            Tree child = new Tree("waiting", 0);
            child.fork();
            helpQuiesce();
            own.complete(Who.now());
            return child.join();
          }
        };
    try (Scope scope = AttributionContext.with(Who.is("waiting"))) {
      narrow.execute(waiting);
    }
    narrow.execute(() -> nobodys.complete(Who.now()));
    try (Scope scope = AttributionContext.with(Who.is("another"))) {
      narrow.execute(() -> others.complete(Who.now()));
    }
    queued.countDown();
    said("nobody's, run by one who waits", Who.NOBODY, nobodys.get(60, TimeUnit.SECONDS));
    said("another's, run by one who waits", "another", others.get(60, TimeUnit.SECONDS));
    said("the one who waits", "waiting", own.get(60, TimeUnit.SECONDS));
    said("what it waited for", "waiting", waiting.get());
    narrow.shutdown();
  }

  private static void stages() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Executor plain = task -> new Thread(task).start();
    for (Executor on : List.of(pool, ForkJoinPool.commonPool(), plain)) {
      String name = " on " + on.getClass().getSimpleName().replaceAll("\\$\\$.*", "");
      carried(
          "runAsync" + name,
          (to, who) -> CompletableFuture.runAsync(() -> to.complete(work(who)), on));
      carried(
          "supplyAsync" + name,
          (to, who) -> CompletableFuture.supplyAsync(() -> to.complete(work(who)), on));
      carried("completeAsync" + name, (to, who) -> to.completeAsync(() -> work(who), on).get());
      for (boolean done : new boolean[] {true, false}) {
        String kind = name + (done ? ", done before" : "");
        stage(
            "thenApplyAsync" + kind,
            done,
            (from, to, who) -> from.thenApplyAsync(v -> to.complete(work(who)), on));
        stage(
            "thenAcceptAsync" + kind,
            done,
            (from, to, who) -> from.thenAcceptAsync(v -> to.complete(work(who)), on));
        stage(
            "thenRunAsync" + kind,
            done,
            (from, to, who) -> from.thenRunAsync(() -> to.complete(work(who)), on));
        stage(
            "whenCompleteAsync" + kind,
            done,
            (from, to, who) -> from.whenCompleteAsync((v, x) -> to.complete(work(who)), on));
        stage(
            "handleAsync" + kind,
            done,
            (from, to, who) -> from.handleAsync((v, x) -> to.complete(work(who)), on));
        stage(
            "thenComposeAsync" + kind,
            done,
            (from, to, who) ->
                from.thenComposeAsync(
                    v -> {
                      to.complete(work(who));
                      return from;
                    },
                    on));
        stage(
            "thenCombineAsync" + kind,
            done,
            (from, to, who) -> from.thenCombineAsync(from, (v, w) -> to.complete(work(who)), on));
        stage(
            "thenAcceptBothAsync" + kind,
            done,
            (from, to, who) ->
                from.thenAcceptBothAsync(from, (v, w) -> to.complete(work(who)), on));
        stage(
            "runAfterBothAsync" + kind,
            done,
            (from, to, who) -> from.runAfterBothAsync(from, () -> to.complete(work(who)), on));
        stage(
            "applyToEitherAsync" + kind,
            done,
            (from, to, who) -> from.applyToEitherAsync(from, v -> to.complete(work(who)), on));
        stage(
            "acceptEitherAsync" + kind,
            done,
            (from, to, who) -> from.acceptEitherAsync(from, v -> to.complete(work(who)), on));
        stage(
            "runAfterEitherAsync" + kind,
            done,
            (from, to, who) -> from.runAfterEitherAsync(from, () -> to.complete(work(who)), on));
        stage(
            "exceptionallyAsync" + kind,
            done,
            (from, to, who) ->
                failed(from)
                    .exceptionallyAsync(
                        x -> {
                          to.complete(work(who));
                          return "";
                        },
                        on));
        stage(
            "exceptionallyComposeAsync" + kind,
            done,
            (from, to, who) ->
                failed(from)
                    .exceptionallyComposeAsync(
                        x -> {
                          to.complete(work(who));
                          return from;
                        },
                        on));
      }
    }
    stage("thenApply", false, (from, to, who) -> from.thenApply(v -> to.complete(work(who))));
    carried(
        "thenApply behind supplyAsync",
        (to, who) ->
            CompletableFuture.supplyAsync(Who::now, pool).thenApply(v -> to.complete(work(who))));
    carried(
        "supplyAsync later",
        (to, who) ->
            CompletableFuture.supplyAsync(
                () -> to.complete(work(who)),
                CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, pool)));
    said("a stage afterwards", Who.NOBODY, CompletableFuture.supplyAsync(Who::now, pool).get());
    pool.shutdown();
  }

  private static CompletableFuture<String> failed(CompletableFuture<String> from) {
    return from.thenApply(
        v -> {
          throw new IllegalStateException("meant to fail");
        });
  }

  private interface Stage {
    void on(CompletableFuture<String> from, CompletableFuture<String> to, String who);
  }

  /** Registered by one customer; completed by another, before or after that. */
  private static void stage(String name, boolean done, Stage stage) throws Exception {
    CompletableFuture<String> from = new CompletableFuture<>();
    if (done) {
      AttributionContext.run(Who.is("the other"), () -> from.complete(""));
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    AttributionContext.run(Who.is(name), () -> stage.on(from, answer, name));
    AttributionContext.run(Who.is("the other"), () -> from.complete(""));
    said(name, name, answer.get(60, TimeUnit.SECONDS));
  }

  /** A future that many wait for does not pass on who completed it, nor who came first. */
  private static void sharedFutures() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    CompletableFuture<String> shared = new CompletableFuture<>();
    List<CompletableFuture<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String customer = "waiting " + i;
      AttributionContext.run(
          Who.is(customer), () -> waiting.add(shared.thenApplyAsync(v -> work(customer), pool)));
    }
    CompletableFuture<String> nobodys = shared.thenApplyAsync(v -> work(Who.NOBODY), pool);
    AttributionContext.run(Who.is("completing"), () -> pool.execute(() -> shared.complete("")));
    for (int i = 0; i < 8; i++) {
      said("a shared future, " + i, "waiting " + i, waiting.get(i).get(60, TimeUnit.SECONDS));
    }
    said("a shared future, nobody's", Who.NOBODY, nobodys.get(60, TimeUnit.SECONDS));
    pool.shutdown();
  }

  private static void neverCarried() throws Exception {
    notCarried("a new thread", (to, who) -> new Thread(() -> to.complete(work(who))).start());
    notCarried(
        "a timer",
        (to, who) ->
            new Timer(true)
                .schedule(
                    new TimerTask() {
                      @Override
                      public void run() {
                        to.complete(work(who));
                      }
                    },
                    0));
    ThreadPoolExecutor lazily =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>());
    try (Scope scope = AttributionContext.with(Who.is("the first"))) {
      lazily.submit(Who::now).get();
      said("a pool's first task", "the first", await(() -> lazily.submit(Who::now)).get());
    }
    said("its worker afterwards", Who.NOBODY, await(() -> lazily.submit(Who::now)).get());
    lazily.shutdown();
  }

  /**
   * The same object in a queue twice: whose run is whose cannot be known, so neither is anybody's.
   * Another agent may put a wrapper of each run's own in its place, which is told apart.
   */
  private static void repeatedInstances() throws Exception {
    ThreadPoolExecutor single =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
    List<List<String>> orders =
        List.of(
            List.of(Who.NOBODY, "two"),
            List.of("one", "two"),
            List.of("one", Who.NOBODY),
            List.of("one", "one"),
            List.of(Who.NOBODY, "one", "one"));
    for (List<String> customers : orders) {
      List<String> seen = new ArrayList<>();
      Runnable repeated = () -> seen.add(Who.now());
      CountDownLatch busy = new CountDownLatch(1);
      single.execute(() -> await(busy));
      for (String customer : customers) {
        if (customer.equals(Who.NOBODY)) {
          single.execute(repeated);
        } else {
          AttributionContext.run(Who.is(customer), () -> single.execute(repeated));
        }
      }
      boolean known =
          customers.stream().distinct().count() == 1 || !single.getQueue().contains(repeated);
      busy.countDown();
      single.submit(() -> {}).get();
      said(
          "the same object for " + customers,
          (known ? customers : customers.stream().map(c -> Who.NOBODY).toList()).toString(),
          seen.toString());
    }
    List<String> seen = new ArrayList<>();
    Runnable removed = () -> seen.add(Who.now());
    CountDownLatch busy = new CountDownLatch(1);
    single.execute(() -> await(busy));
    AttributionContext.run(Who.is("one"), () -> single.execute(removed));
    boolean isRemoved = single.remove(removed);
    AttributionContext.run(Who.is("two"), () -> single.execute(removed));
    busy.countDown();
    single.submit(() -> {}).get();
    said("removed, and handed over again", isRemoved ? "[two]" : "[one, two]", seen.toString());
    single.shutdown();
  }

  private static void wrapped() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Callable<String> mine =
        AttributionContext.call(
            Who.is("mine"), () -> AttributionContext.wrap((Callable<String>) Who::now));
    Supplier<String> nobodys = AttributionContext.wrap((Supplier<String>) Who::now);
    try (Scope scope = AttributionContext.with(Who.is("the thread's"))) {
      said("wrapped for somebody else", "mine", pool.submit(mine).get());
      said("wrapped for nobody", Who.NOBODY, pool.submit(nobodys::get).get());
      said("not wrapped", "the thread's", pool.submit(Who::now).get());
    }
    pool.shutdown();
  }

  private static final class Tree extends RecursiveTask<String> {
    private static final long serialVersionUID = 1L;
    private final String expected;
    private final int depth;

    Tree(String expected, int depth) {
      this.expected = expected;
      this.depth = depth;
    }

    @Override
    protected String compute() {
      if (depth == 0) {
        return work(expected);
      }
      Tree left = new Tree(expected, depth - 1);
      Tree right = new Tree(expected, depth - 1);
      invokeAll(left, right);
      return one(List.of(left.join(), right.join(), Who.now()));
    }
  }

  /** The customer that all agree on. */
  private static String one(Collection<String> customers) {
    return String.join(" and ", new java.util.TreeSet<>(customers));
  }

  private static String only(List<Future<String>> futures) throws Exception {
    return futures.get(0).get();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A pool without a queue refuses until its worker is idle again. */
  private static <T> Future<T> await(Supplier<Future<T>> submitted) {
    while (true) {
      try {
        return submitted.get();
      } catch (java.util.concurrent.RejectedExecutionException busy) {
        Thread.onSpinWait();
      }
    }
  }
}
