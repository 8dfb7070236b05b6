package io.costattr.it.threads;

import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Event loops and the contexts on them, which run what they are given for whoever gives it. */
public final class EventLoops {
  private EventLoops() {}

  public static void main(String[] arguments) throws Exception {
    DefaultEventExecutorGroup netty = new DefaultEventExecutorGroup(1);
    handOver("Netty", true, to -> netty.next().execute(() -> to.complete(Who.now())));
    handOver("Netty submit", true, to -> netty.next().submit(() -> to.complete(Who.now())));
    handOver(
        "Netty schedule",
        true,
        to -> netty.next().schedule(() -> to.complete(Who.now()), 1, TimeUnit.MILLISECONDS));
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
