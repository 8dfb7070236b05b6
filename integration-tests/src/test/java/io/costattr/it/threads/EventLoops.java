package io.costattr.it.threads;

import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Event loops and the contexts on them, which run what they are given for whoever gives it. */
public final class EventLoops {
  private EventLoops() {}

  public static void main(String[] arguments) throws Exception {
    DefaultEventExecutorGroup netty = new DefaultEventExecutorGroup(1);
    handOver("Netty", true, to -> netty.next().execute(() -> to.complete(Who.now())));
    for (boolean isRunnable : new boolean[] {true, false}) {
      handOver(
          "Netty submit" + (isRunnable ? "" : " of a Callable"),
          true,
          to -> {
            if (isRunnable) {
              netty.next().submit((Runnable) () -> to.complete(Who.now()));
            } else {
              netty.next().submit((Callable<?>) () -> to.complete(Who.now()));
            }
          });
      handOver(
          "Netty schedule" + (isRunnable ? "" : " of a Callable"),
          true,
          to -> {
            if (isRunnable) {
              netty
                  .next()
                  .schedule((Runnable) () -> to.complete(Who.now()), 1, TimeUnit.MILLISECONDS);
            } else {
              netty
                  .next()
                  .schedule((Callable<?>) () -> to.complete(Who.now()), 1, TimeUnit.MILLISECONDS);
            }
          });
    }
    handOver(
        "Netty schedule of what is a Callable as well",
        true,
        to -> netty.next().schedule((Runnable) new Both(to), 1, TimeUnit.MILLISECONDS));
    handOver(
        "Netty, at a fixed rate",
        false,
        to -> netty.next().scheduleAtFixedRate(() -> to.complete(Who.now()), 0, 1, TimeUnit.HOURS));
    Vertx vertx = Vertx.vertx();
    handOver("Vert.x", true, to -> vertx.runOnContext(none -> to.complete(Who.now())));
    for (boolean ordered : new boolean[] {true, false}) {
      handOver(
          "Vert.x, blocking" + (ordered ? ", in order" : ""),
          true,
          to -> vertx.executeBlocking(() -> to.complete(Who.now()), ordered));
    }
    handOver("Vert.x, a timer", false, to -> vertx.setTimer(1, id -> to.complete(Who.now())));
    CompletableFuture<String> afterwards = new CompletableFuture<>();
    vertx.runOnContext(none -> afterwards.complete(Who.now()));
    said("afterwards", Who.NOBODY, afterwards.get(60, TimeUnit.SECONDS));
    System.exit(0);
  }

  /** Netty calls it, whatever it is handed over as. */
  private record Both(CompletableFuture<String> to) implements Runnable, Callable<Void> {
    @Override
    public void run() {
      to.complete("was run");
    }

    @Override
    public Void call() {
      to.complete(Who.now());
      return null;
    }
  }

  private interface HandOff {
    void to(CompletableFuture<String> answer);
  }

  private static void handOver(String carrier, boolean carries, HandOff handOff) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    try (Scope scope = AttributionContext.with(Who.is(carrier))) {
      handOff.to(answer);
    }
    said(carrier, carries ? carrier : Who.NOBODY, answer.get(60, TimeUnit.SECONDS));
  }

  private static void said(String carrier, String expected, String actual) {
    System.out.println(
        (expected.equals(actual) ? "right " : "WRONG ")
            + carrier
            + ": "
            + expected
            + ", "
            + actual);
  }
}
