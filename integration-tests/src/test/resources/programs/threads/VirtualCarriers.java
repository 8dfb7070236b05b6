package io.costattr.it.threads;

import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** What JDK 25 has beyond 17, as {@link Carriers}. Compiled by the test that runs it. */
public final class VirtualCarriers {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static String base = "";

  public static void main(String[] arguments) throws Exception {
    base = arguments[0];
    executors();
    threads();
    scopes();
    forkJoin();
    carriers();
    System.exit(0);
  }

  private static String work(String expected) {
    Who.calls(CLIENT, base, expected);
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

  private static void carried(String carrier, HandOff handOff) throws Exception {
    handedOver(carrier, carrier, handOff);
  }

  private static void notCarried(String carrier, HandOff handOff) throws Exception {
    handedOver(carrier, Who.NOBODY, handOff);
  }

  private static void handedOver(String carrier, String expected, HandOff handOff)
      throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    try (Scope scope = AttributionContext.with(Who.is(carrier))) {
      handOff.to(answer, expected);
    }
    said(carrier, expected, answer.get(60, TimeUnit.SECONDS));
  }

  private static void executors() throws Exception {
    List<ExecutorService> all =
        List.of(
            Executors.newVirtualThreadPerTaskExecutor(),
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("v-", 0).factory()),
            Executors.newThreadPerTaskExecutor(task -> new Thread(task)));
    for (int i = 0; i < all.size(); i++) {
      ExecutorService executor = all.get(i);
      String name = " of executor " + i;
      carried("execute" + name, (to, who) -> executor.execute(() -> to.complete(work(who))));
      carried("submit" + name, (to, who) -> to.complete(executor.submit(() -> work(who)).get()));
      carried(
          "submit of a Runnable" + name,
          (to, who) -> executor.submit((Runnable) () -> to.complete(work(who))));
      carried(
          "invokeAll" + name,
          (to, who) ->
              to.complete(
                  executor.invokeAll(List.<Callable<String>>of(() -> work(who))).get(0).get()));
      carried(
          "invokeAny" + name,
          (to, who) -> to.complete(executor.invokeAny(List.<Callable<String>>of(() -> work(who)))));
      carried(
          "supplyAsync" + name,
          (to, who) -> CompletableFuture.supplyAsync(() -> to.complete(work(who)), executor));
      said("afterwards" + name, Who.NOBODY, executor.submit(() -> work(Who.NOBODY)).get());
      executor.close();
    }
    ExecutorService pool = Executors.newFixedThreadPool(1, Thread.ofVirtual().factory());
    carried(
        "a pool of virtual threads", (to, who) -> to.complete(pool.submit(() -> work(who)).get()));
    said("afterwards", Who.NOBODY, pool.submit(() -> work(Who.NOBODY)).get());
    pool.close();
  }

  private static void threads() throws Exception {
    carried(
        "startVirtualThread", (to, who) -> Thread.startVirtualThread(() -> to.complete(work(who))));
    carried(
        "ofVirtual().start",
        (to, who) -> Thread.ofVirtual().name("named").start(() -> to.complete(work(who))));
    notCarried(
        "ofVirtual().unstarted",
        (to, who) -> Thread.ofVirtual().unstarted(() -> to.complete(work(who))).start());
    notCarried(
        "ofVirtual().factory",
        (to, who) -> Thread.ofVirtual().factory().newThread(() -> to.complete(work(who))).start());
    notCarried(
        "ofPlatform().start", (to, who) -> Thread.ofPlatform().start(() -> to.complete(work(who))));
  }

  private static void scopes() throws Exception {
    carried(
        "a structured scope",
        (to, who) -> {
          try (var scope = StructuredTaskScope.open()) {
            scope.fork(() -> to.complete(work(who)));
            scope.join();
          }
        });
    carried(
        "a structured scope within another, of platform threads",
        (to, who) -> {
          try (var scope =
              StructuredTaskScope.<String, Void>open(
                  StructuredTaskScope.Joiner.awaitAll(),
                  with -> with.withThreadFactory(task -> new Thread(task)))) {
            scope.fork(
                () -> {
                  try (var inner = StructuredTaskScope.open()) {
                    inner.fork((Runnable) () -> to.complete(work(who)));
                    inner.join();
                  }
                  return "";
                });
            scope.join();
          }
        });
  }

  private static void forkJoin() throws Exception {
    ForkJoinPool pool = ForkJoinPool.commonPool();
    carried(
        "forkJoin.schedule",
        (to, who) -> pool.schedule(() -> to.complete(work(who)), 1, TimeUnit.MILLISECONDS));
    carried(
        "forkJoin.schedule of a Callable",
        (to, who) -> to.complete(pool.schedule(() -> work(who), 1, TimeUnit.MILLISECONDS).get()));
    carried(
        "forkJoin.submitWithTimeout",
        (to, who) ->
            to.complete(pool.submitWithTimeout(() -> work(who), 1, TimeUnit.HOURS, null).get()));
    notCarried(
        "forkJoin, a fixed rate",
        (to, who) -> pool.scheduleAtFixedRate(() -> to.complete(work(who)), 0, 1, TimeUnit.HOURS));
    notCarried(
        "forkJoin, a fixed delay",
        (to, who) ->
            pool.scheduleWithFixedDelay(() -> to.complete(work(who)), 0, 1, TimeUnit.HOURS));
  }

  /** Virtual threads that wake each other are put back on their carriers by somebody else. */
  private static void carriers() throws Exception {
    SynchronousQueue<Integer> meeting = new SynchronousQueue<>();
    List<Future<String>> answers = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 3_000; i++) {
        int which = i;
        String customer = which % 3 == 0 ? Who.NOBODY : "meeting " + which % 7;
        Callable<String> task =
            () -> {
              String before = Who.now();
              if (which % 2 == 0) {
                meeting.put(which);
              } else {
                meeting.take();
              }
              return before.equals(Who.now()) ? before : before + " and " + Who.now();
            };
        expected.add(customer);
        answers.add(
            customer.equals(Who.NOBODY)
                ? executor.submit(task)
                : AttributionContext.call(Who.is(customer), () -> executor.submit(task)));
      }
      List<String> actual = new ArrayList<>();
      for (Future<String> answer : answers) {
        actual.add(answer.get(60, TimeUnit.SECONDS));
      }
      said(
          "threads that meet",
          String.valueOf(expected.hashCode()),
          String.valueOf(actual.hashCode()));
    }
    said(
        "the common pool afterwards", Who.NOBODY, ForkJoinPool.commonPool().submit(Who::now).get());
  }
}
