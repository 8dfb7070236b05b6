package io.costattr.it.differential;

import static io.costattr.it.differential.Fixture.CHAT_STREAM;
import static io.costattr.it.differential.JdkCases.ANSWER;
import static io.costattr.it.differential.JdkCases.STALLED_BODY;
import static io.costattr.it.differential.JdkCases.exchange;
import static io.costattr.it.differential.JdkCases.of;
import static io.costattr.it.differential.Ledger.estimated;
import static io.costattr.it.differential.Ledger.one;
import static io.costattr.it.differential.Ledger.reported;
import static io.costattr.it.differential.Ledger.unknown;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.List;

/** Handlers and subscribers of the application's own. */
final class JdkReading {
  private JdkReading() {}

  static List<Case> cases() {
    return List.of(
        of("discarding", ANSWER, w -> exchange(w, BodyHandlers.discarding()), reported()),
        of("replacing", ANSWER, w -> exchange(w, BodyHandlers.replacing("mine")), reported()),
        of(
            "mapping",
            ANSWER,
            w ->
                exchange(
                    w,
                    info -> {
                      w.seen.eitherThread("apply");
                      w.seen.say("info", info.statusCode() + " " + info.version());
                      return BodySubscribers.mapping(
                          BodySubscribers.ofString(UTF_8),
                          text -> {
                            w.seen.eitherThread("mapping");
                            return text.length();
                          });
                    }),
            reported()),
        of(
            "mapping-that-throws",
            ANSWER,
            w ->
                exchange(
                    w,
                    info ->
                        BodySubscribers.mapping(
                            BodySubscribers.ofString(UTF_8),
                            text -> {
                              throw new IllegalStateException("mapping");
                            })),
            reported()),
        of(
            "lines-to-a-subscriber",
            ANSWER,
            w -> exchange(w, BodyHandlers.fromLineSubscriber(new JdkSubscribers.Lines(w))),
            reported()),
        of(
            "buffering",
            ANSWER,
            w -> exchange(w, BodyHandlers.buffering(BodyHandlers.ofByteArray(), 64)),
            reported()),
        of(
            "consumer",
            ANSWER,
            w ->
                exchange(
                    w,
                    BodyHandlers.ofByteArrayConsumer(
                        bytes -> w.seen.say("some", bytes.isPresent() ? "bytes" : "end"))),
            reported()),
        of(
            "file",
            ANSWER,
            w -> {
              java.nio.file.Path file = java.nio.file.Files.createTempFile("costattr", ".json");
              exchange(
                  w,
                  info ->
                      BodySubscribers.mapping(BodySubscribers.ofFile(file), p -> p.equals(file)));
              w.seen.body("file", java.nio.file.Files.readAllBytes(file));
              java.nio.file.Files.delete(file);
            },
            reported()),
        of(
            "handler-that-throws",
            ANSWER,
            w ->
                exchange(
                    w,
                    info -> {
                      throw new IllegalStateException("apply");
                    }),
            unknown().and("outcome", "failed").and("error_code", ".*IllegalStateException")),
        of(
            "one-at-a-time",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              for (String line : CHAT_STREAM.split("(?<=\n)")) {
                r.part(line);
              }
            },
            w -> exchange(w, info -> new JdkSubscribers.Own(w, JdkSubscribers.Own.NEVER)),
            reported()),
        of(
            "subscriber-that-throws",
            ANSWER,
            w -> exchange(w, info -> new JdkSubscribers.Own(w, 0)),
            one("cost_basis", "reported|unknown|estimated")),
        of(
            "subscriber-that-throws-later",
            (w, q, r) -> {
              r.header("content-type", "text/event-stream").chunked();
              r.part(CHAT_STREAM.substring(0, 700)).await(w.gate("thrown"));
            },
            w -> {
              try {
                exchange(w, info -> new JdkSubscribers.Own(w, 0));
              } finally {
                w.gate("thrown").open();
              }
            },
            estimated().and("outcome", "failed").and("error_code", ".*IllegalStateException")),
        of(
            "subscriber-that-cancels",
            STALLED_BODY,
            w -> exchange(w, info -> new JdkSubscribers.Cancelling(w)),
            estimated().and("outcome", "abandoned")));
  }
}
