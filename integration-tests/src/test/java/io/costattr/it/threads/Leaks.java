package io.costattr.it.threads;

import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Scopes that are left open, closed twice, closed elsewhere, or open for too long. */
@SuppressWarnings("MustBeClosedChecker") // That is the point.
public final class Leaks {
  private Leaks() {}

  /** What a task leaves open is gone before the next one, whichever pool it is. */
  public static final class LeftOpen {
    public static void main(String[] arguments) throws Exception {
      for (ExecutorService pool :
          List.of(
              Executors.newSingleThreadExecutor(),
              Executors.newScheduledThreadPool(1),
              new ForkJoinPool(1),
              Executors.newSingleThreadExecutor(
                  work ->
                      new Thread(() -> AttributionContext.run(Who.is("the factory's"), work))))) {
        String before = pool.submit(Who::now).get();
        pool.submit((Runnable) () -> AttributionContext.with(Who.is("left by a Runnable"))).get();
        said(before, pool.submit(Who::now).get());
        pool.submit((Callable<Scope>) () -> AttributionContext.with(Who.is("left"))).get();
        said(before, pool.submit(Who::now).get());
        try (Scope scope = AttributionContext.with(Who.is("carried"))) {
          pool.execute(() -> AttributionContext.with(Who.is("left in a scope")));
          said("carried", pool.submit(Who::now).get());
        }
        said(before, pool.submit(Who::now).get());
        pool.shutdown();
      }
      ScheduledExecutorService schedules = Executors.newScheduledThreadPool(1);
      CompletableFuture<String> second = new CompletableFuture<>();
      int[] turns = new int[1];
      schedules.scheduleAtFixedRate(
          () -> {
            if (turns[0]++ == 0) {
              AttributionContext.with(Who.is("left by the first turn"));
            } else {
              second.complete(Who.now());
            }
          },
          0,
          1,
          TimeUnit.MILLISECONDS);
      said(Who.NOBODY, second.get(60, TimeUnit.SECONDS));
      System.exit(0);
    }
  }

  /** Mistakes with scopes, each of them more than once. */
  public static final class Misused {
    public static void main(String[] arguments) throws Exception {
      for (int i = 0; i < 3; i++) {
        try (Scope outer = AttributionContext.with(Who.is("outer"))) {
          Scope twice = AttributionContext.with(Who.is("twice"));
          twice.close();
          twice.close();
          said("outer", Who.now());
          Scope elsewhere = AttributionContext.with(Who.is("elsewhere"));
          Thread other = new Thread(elsewhere::close);
          other.start();
          other.join();
          said("outer", Who.now());
        }
        said(Who.NOBODY, Who.now());
      }
      ExecutorService pool = Executors.newSingleThreadExecutor();
      Scope left = pool.submit(() -> AttributionContext.with(Who.is("left"))).get();
      pool.submit(left::close).get();
      said(Who.NOBODY, pool.submit(Who::now).get());
      pool.shutdown();
    }
  }

  /** Attributions that stay, until they have been named. */
  public static final class Stays {
    public static void main(String[] arguments) throws Exception {
      CountDownLatch named = new CountDownLatch(2);
      PrintStream err = System.err;
      System.setErr(
          new PrintStream(
              new OutputStream() {
                private final StringBuilder line = new StringBuilder();

                @Override
                public void write(int one) {
                  err.write(one);
                  line.append((char) one);
                  if (one == '\n') {
                    if (line.indexOf("still in force") >= 0) {
                      named.countDown();
                    }
                    line.setLength(0);
                  }
                }
              },
              true,
              StandardCharsets.UTF_8));
      // From here on it is watched.
      said(Who.NOBODY, Who.now());
      Thread plain =
          new Thread(() -> AttributionContext.run(Who.is("plain"), () -> await(named)), "plain");
      plain.start();
      ExecutorService pool = Executors.newFixedThreadPool(2);
      pool.execute(() -> openedHere(named));
      handedOverHere(pool, named);
      if (!named.await(60, TimeUnit.SECONDS)) {
        System.out.println("nobody was named");
      }
      System.exit(0);
    }

    private static void openedHere(CountDownLatch named) {
      AttributionContext.run(Who.is("opened on the pool"), () -> await(named));
    }

    private static void handedOverHere(ExecutorService pool, CountDownLatch named) {
      try (Scope scope = AttributionContext.with(Who.is("carried to the pool"))) {
        pool.execute(() -> await(named));
      }
    }

    private static void await(CountDownLatch named) {
      try {
        named.await();
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  private static void said(String expected, String actual) {
    System.out.println(
        (expected.equals(actual) ? "right " : "WRONG ") + expected + ", was " + actual);
  }
}
