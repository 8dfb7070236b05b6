package io.costattr.it.spans;

import static io.costattr.it.spans.SeenSpans.attributes;
import static io.costattr.it.spans.SeenSpans.costattr;
import static io.costattr.it.spans.SeenSpans.openTelemetry;
import static io.costattr.it.spans.SeenSpans.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside the OpenTelemetry agent, whose instrumentation of openai-java observes some calls. */
class OpenTelemetryAgentTest {
  private static final String[] CALLS = {
    "chat",
    "async",
    "stream",
    "async-stream",
    "stream-left",
    "retried",
    "embedding",
    "responses",
    "jdk",
    "gen-ai-jdk",
    "gen-ai-okhttp",
    "root-chat",
    "root-jdk"
  };

  @TempDir Path directory;

  @Test
  void itsSpansAreEnrichedAndNothingIsSaidTwice() throws Exception {
    check(
        SeenSpans.of(
            directory, (jvm, host, own) -> costattr(openTelemetry(jvm, host), own), CALLS));
  }

  @Test
  void itsSpansAreEnrichedWhereItComesSecond() throws Exception {
    check(
        SeenSpans.of(
            directory, (jvm, host, own) -> openTelemetry(costattr(jvm, own), host), CALLS));
  }

  private static void check(SeenSpans seen) throws Exception {
    for (String call : new String[] {"chat", "async", "stream", "async-stream", "root-chat"}) {
      Span span = seen.isEnriched(call);
      assertThat(span.getName()).isEqualTo("chat gpt-5.5");
      assertThat(attributes(span))
          .containsEntry("gen_ai.usage.input_tokens", 2L)
          .containsEntry("costattr.cost.amount", 0.00028);
    }
    assertThat(attributes(seen.isEnriched("embedding")))
        .containsEntry("gen_ai.operation.name", "embeddings");
    assertThat(attributes(seen.isEnriched("retried")))
        .containsEntry("costattr.attempts", 2L)
        .containsEntry("costattr.attempt", 2L);

    // The program's own spans of the conventions.
    seen.isEnriched("gen-ai-jdk");
    seen.isEnriched("gen-ai-okhttp");

    // In time or not, by how much of it had come: in one span.
    assertThat(seen.of("stream-left")).hasSize(1);

    // What the other agent does not observe.
    for (String call : new String[] {"responses", "jdk"}) {
      assertThat(seen.hasOwn(call))
          .allMatch(span -> span.getParentSpanId().equals(seen.work(call).getSpanId()));
    }
    assertThat(seen.hasOwn("root-jdk")).hasSize(1);

    assertThat(seen.picoOfSpans()).isEqualTo(SeenSpans.pico(seen.result().events()));

    // 2 input tokens a call: six chats of the other agent's; responses, jdk and root-jdk of ours.
    // What
    // stream-left used the other does not know, and it is not for us to say.
    assertThat(tokens(seen.host())).containsEntry("chat input", 12.0);
    assertThat(tokens(seen.own())).containsEntry("chat input", 6.0);
    assertThat(tokens(seen.own())).doesNotContainKey("embeddings input");
  }

  @Test
  void inATraceThatIsNotSampledThereAreEventsAndMetricsAndNoSpans() throws Exception {
    SeenSpans seen =
        SeenSpans.of(
            directory,
            (jvm, host, own) ->
                costattr(openTelemetry(jvm, host, "-Dotel.traces.sampler=always_off"), own),
            "chat",
            "embedding",
            "jdk");

    assertThat(seen.host().spans()).isEmpty();
    assertThat(seen.own().spans()).isEmpty();
    assertThat(seen.own().events()).hasSize(3);
    assertThat(seen.result().eachEvents("trace_id")).allMatch(id -> id.length() == 32);
    assertThat(tokens(seen.host()))
        .containsOnlyKeys("chat input", "chat output", "embeddings input");
    assertThat(tokens(seen.own())).containsEntry("chat input", 2.0).hasSize(2);
  }

  @Test
  void whereItDoesNotObserveTheCallItIsOurs() throws Exception {
    SeenSpans seen =
        SeenSpans.of(
            directory,
            (jvm, host, own) ->
                costattr(
                    openTelemetry(jvm, host, "-Dotel.instrumentation.openai.enabled=false"), own),
            "chat",
            "stream");

    for (String call : new String[] {"chat", "stream"}) {
      assertThat(seen.hasOwn(call))
          .singleElement()
          .matches(span -> span.getParentSpanId().equals(seen.work(call).getSpanId()));
    }
    assertThat(tokens(seen.host())).isEmpty();
    assertThat(tokens(seen.own())).containsEntry("chat input", 4.0);
  }

  @Test
  void withOwnSpansItsOwnAreLeftAsTheyAre() throws Exception {
    SeenSpans seen = mode("own");

    Span own = seen.hasOwn("chat").get(0);
    assertThat(own.getParentSpanId()).isEqualTo(seen.hostSpan("chat gpt-5.5", own).getSpanId());
    seen.hasOwn("jdk");
    assertThat(tokens(seen.own())).containsEntry("chat input", 2.0);
  }

  @Test
  void withEnrichmentAloneThereAreNoOwnSpans() throws Exception {
    SeenSpans seen = mode("enrich");

    seen.isEnriched("chat");
    assertThat(seen.own().spans()).isEmpty();
    assertThat(seen.events("jdk").get(0).path("span_id").asText())
        .isEqualTo(SeenSpans.hex(seen.work("jdk").getSpanId()));
    assertThat(seen.own().events()).hasSize(2);
  }

  private SeenSpans mode(String mode) throws Exception {
    return SeenSpans.of(
        directory,
        (jvm, host, own) -> costattr(openTelemetry(jvm, host), own, "otel.spans=" + mode),
        "chat",
        "jdk");
  }
}
