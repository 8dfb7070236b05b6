package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.one;
import static io.costattr.it.differential.Ledger.unknown;
import static io.costattr.it.differential.ReactorNettyCases.ANSWER;
import static io.costattr.it.differential.ReactorNettyCases.asked;
import static io.costattr.it.differential.ReactorNettyCases.client;
import static io.costattr.it.differential.ReactorNettyCases.pooled;
import static io.costattr.it.differential.ReactorNettyCases.posted;
import static io.costattr.it.differential.ReactorNettyCases.whole;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.time.Duration;
import java.util.List;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/** Calls that end before their end. */
final class ReactorNettyEndings {
  private static final Script STALLED_BODY =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        r.part(CHAT_STREAM.substring(0, 700)).stall();
      };

  private ReactorNettyEndings() {}

  static List<Case> cases() {
    return List.of(
        new Case(
            "cancelled-before-the-head",
            (w, q, r) -> r.await(w.gate("asked")).stall(),
            w -> {
              Disposable call =
                  asked(w)
                      .responseContent()
                      .aggregate()
                      .subscribe(body -> w.seen.say("body", body), e -> w.seen.failure("call", e));
              w.gate("asked").awaitReached();
              call.dispose();
              w.gate("asked").open();
              w.seen.say("disposed", call.isDisposed());
            },
            unknown().and("outcome", "abandoned").and("error_code", "cancelled")),
        new Case(
            "cancelled-while-waiting-for-a-connection",
            (w, q, r) -> r.await(w.gate("asked")).stall(),
            w -> {
              HttpClient client = pooled();
              Disposable first = streaming(client, w).responseContent().subscribe();
              w.gate("asked").awaitReached();
              streaming(client, w).responseContent().subscribe().dispose();
              // Before the first one ends: its connection is not to be handed on.
              client.configuration().connectionProvider().disposeLater().block();
              first.dispose();
              w.gate("asked").open();
            },
            // Nobody is told: known by the collector, or here by the end of the JVM.
            unknown()
                .and("outcome", "abandoned")
                .and("error_code", "cancelled")
                .thenAnother(
                    one("cost_basis", "none", "outcome", "abandoned", "http_status", "null"))),
        new Case(
            "cancelled-within-the-body",
            STALLED_BODY,
            w -> {
              ReactorNettySubscriber subscriber = new ReactorNettySubscriber(w);
              streaming(client(), w).responseContent().subscribe(subscriber);
              subscriber.awaitBegun();
              subscriber.cancel();
              w.seen.say("disposed", subscriber.isDisposed());
            },
            estimated().and("outcome", "abandoned").and("error_code", "null")),
        new Case(
            "first-part-only",
            STALLED_BODY,
            w ->
                w.seen.say(
                    "first",
                    streaming(client(), w).responseContent().asString().blockFirst() != null),
            estimated().and("outcome", "abandoned")),
        new Case(
            "timeout-of-the-application",
            STALLED_BODY,
            w ->
                streaming(client(), w)
                    .responseContent()
                    .aggregate()
                    .timeout(Duration.ofMillis(300))
                    .block(),
            estimated().and("outcome", "abandoned")),
        new Case(
            "timeout-of-the-head",
            (w, q, r) -> r.stall(),
            w -> whole(w, streaming(client().responseTimeout(Duration.ofMillis(300)), w)),
            unknown().and("outcome", "failed").and("error_code", "timeout")),
        new Case(
            "timeout-of-the-body",
            STALLED_BODY,
            w -> whole(w, streaming(client().responseTimeout(Duration.ofMillis(300)), w)),
            estimated().and("outcome", "failed").and("error_code", "timeout")),
        new Case(
            "reset-within-the-body",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("read"));
              r.reset();
            },
            w -> {
              ReactorNettySubscriber subscriber = new ReactorNettySubscriber(w);
              streaming(client(), w).responseContent().subscribe(subscriber);
              subscriber.awaitBegun();
              w.gate("read").open();
              subscriber.await();
            },
            estimated().and("outcome", "failed").and("error_code", ".*(Exception|Error)")),
        new Case(
            "provider-disposed-within-the-body",
            STALLED_BODY,
            w -> {
              HttpClient client = pooled();
              ReactorNettySubscriber subscriber = new ReactorNettySubscriber(w);
              streaming(client, w).responseContent().subscribe(subscriber);
              subscriber.awaitBegun();
              client.configuration().connectionProvider().disposeLater().block();
              w.seen.chance();
              subscriber.cancel();
            },
            estimated().and("outcome", "failed|abandoned")),
        new Case(
            "refused-while-sending",
            (w, q, r) -> r.status(400).closing().body(Fixture.ERROR_400),
            w ->
                whole(
                    w,
                    posted(
                        client(), w.url(CHAT_PATH), ByteBufFlux.fromString(Flux.just(QUESTION)))),
            Ledger.refused(400, "unsupported_value")),
        new Case(
            "nobody-listens",
            ANSWER,
            w -> {
              int port;
              try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
              }
              whole(w, asked(client(), "http://127.0.0.1:" + port + CHAT_PATH, QUESTION));
            },
            one("cost_basis", "none", "http_status", "null", "outcome", "failed")));
  }

  private static HttpClient.ResponseReceiver<?> streaming(HttpClient client, World world) {
    return asked(client, world.url(CHAT_PATH), STREAM_QUESTION);
  }
}
