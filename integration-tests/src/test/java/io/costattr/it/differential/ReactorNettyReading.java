package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.Fixture.QUESTION;
import static io.costattr.it.differential.Fixture.STREAM_QUESTION;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.one;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.ReactorNettyCases.ANSWER;
import static io.costattr.it.differential.ReactorNettyCases.asked;
import static io.costattr.it.differential.ReactorNettyCases.block;
import static io.costattr.it.differential.ReactorNettyCases.client;
import static io.costattr.it.differential.ReactorNettyCases.head;
import static io.costattr.it.differential.ReactorNettyCases.pooled;
import static io.costattr.it.differential.ReactorNettyCases.slowly;
import static io.costattr.it.differential.ReactorNettyCases.whole;
import static io.costattr.it.differential.Shape.CHAT_PATH;

import io.costattr.it.differential.Case.Script;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Subscribers of the application's own, and how they read. */
final class ReactorNettyReading {
  private static final Script BY_THE_LINE =
      (w, q, r) -> {
        r.header("content-type", "text/event-stream").chunked();
        for (String line : CHAT_STREAM.split("(?<=\n)")) {
          r.part(line);
        }
      };

  private ReactorNettyReading() {}

  static List<Case> cases() {
    return List.of(
        new Case(
            "lines-one-at-a-time",
            BY_THE_LINE,
            w -> slowly(w, asked(client(), w.url(CHAT_PATH), STREAM_QUESTION)),
            reported().and("stream", "true")),
        new Case(
            "head-only",
            ANSWER,
            w -> head(w, block(asked(w).response())),
            one("cost_basis", "reported|unknown")),
        new Case(
            "body-never-subscribed-to",
            ANSWER,
            w ->
                w.seen.say(
                    "status",
                    asked(w)
                        .response((response, bytes) -> Mono.just(response.status()))
                        .blockLast()),
            one("cost_basis", "reported|unknown")),
        new Case(
            "as-a-stream-of-java.io",
            ANSWER,
            w ->
                w.seen.body(
                    "body",
                    block(
                        asked(w)
                            .responseSingle((response, bytes) -> bytes.asInputStream())
                            .map(ReactorNettyReading::bytes))),
            reported()),
        new Case(
            "mapping-that-throws",
            ANSWER,
            w ->
                block(
                    asked(w)
                        .responseContent()
                        .aggregate()
                        .asString()
                        .map(
                            text -> {
                              throw new IllegalStateException("mapping");
                            })),
            reported()),
        new Case(
            "head-handler-that-throws",
            ANSWER,
            w ->
                asked(w)
                    .response(
                        (response, bytes) -> {
                          throw new IllegalStateException("head");
                        })
                    .blockLast(),
            one("cost_basis", "unknown|reported")),
        new Case(
            "subscriber-that-throws",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("thrown"));
            },
            w -> {
              try {
                asked(client(), w.url(CHAT_PATH), STREAM_QUESTION)
                    .responseContent()
                    .asString()
                    .doOnNext(
                        text -> {
                          throw new IllegalStateException("onNext");
                        })
                    .blockLast();
              } finally {
                w.gate("thrown").open();
              }
            },
            estimated().and("outcome", "abandoned")),
        new Case(
            "two-subscriptions",
            ANSWER,
            w -> {
              Mono<String> call = asked(w).responseContent().aggregate().asString();
              w.seen.body("first", block(call));
              w.seen.body("second", block(call));
            },
            reported().thenAnother(reported())),
        new Case(
            "many-at-once",
            ANSWER,
            w ->
                w.seen.say(
                    "lengths",
                    Flux.range(0, 3)
                        .flatMap(i -> asked(w).responseContent().aggregate().asString())
                        .map(String::length)
                        .collectList()
                        .block()),
            reported().thenAnother(reported()).thenAnother(reported())),
        new Case(
            "connection-kept-for-something-else",
            ANSWER,
            w -> {
              HttpClient client = pooled();
              whole(w, asked(client, w.url("/warm"), "{}"));
              whole(w, asked(client, w.url(CHAT_PATH), QUESTION));
              whole(w, asked(client, w.url("/v1/files"), "{\"model\":\"none\"}"));
              client.configuration().connectionProvider().dispose();
            },
            reported().and("request_model", "gpt-4o-mini")));
  }

  private static byte[] bytes(java.io.InputStream in) {
    try (in) {
      return in.readAllBytes();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
