package io.costattr.it.spans;

import static io.costattr.it.spans.SeenSpans.attributes;
import static io.costattr.it.spans.SeenSpans.costattr;
import static io.costattr.it.spans.SeenSpans.openTelemetry;
import static io.costattr.it.spans.SeenSpans.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with an OpenTelemetry SDK of its own. */
class OwnSdkTest {
  @TempDir Path directory;

  @Test
  void aCallIsAChildOfTheSpanThatItIsMadeIn() throws Exception {
    SeenSpans seen =
        SeenSpans.withSdk(
            directory,
            true,
            (jvm, host, own) -> costattr(jvm, own),
            "chat",
            "async",
            "stream",
            "async-stream",
            "retried",
            "embedding",
            "jdk",
            "okhttp",
            "remote-chat",
            "root-chat");

    for (String call :
        List.of("chat", "async", "stream", "async-stream", "retried", "embedding", "jdk")) {
      List<Span> spans = seen.hasOwn(call);
      assertThat(spans)
          .hasSize(call.equals("retried") ? 2 : 1)
          .allMatch(span -> span.getParentSpanId().equals(seen.work(call).getSpanId()))
          .allMatch(span -> span.getTraceId().equals(seen.work(call).getTraceId()));
    }
    Span remote = seen.hasOwn("remote-chat").get(0);
    assertThat(SeenSpans.hex(remote.getTraceId())).isEqualTo(SpanCalls.REMOTE.getTraceId());
    assertThat(SeenSpans.hex(remote.getParentSpanId())).isEqualTo(SpanCalls.REMOTE.getSpanId());
    assertThat(seen.hasOwn("root-chat").get(0).getParentSpanId().isEmpty()).isTrue();
    assertThat(seen.picoOfSpans()).isEqualTo(SeenSpans.pico(seen.result().events()));
  }

  @Test
  void itsOwnSpansOfModelCallsAreEnriched() throws Exception {
    SeenSpans seen =
        SeenSpans.withSdk(
            directory,
            true,
            (jvm, host, own) -> costattr(jvm, own),
            "gen-ai-jdk",
            "gen-ai-okhttp",
            "gen-ai-openai",
            "gen-ai-twice",
            "gen-ai-agent",
            "gen-ai-retrieval",
            "jdk");

    seen.isEnriched("gen-ai-jdk");
    seen.isEnriched("gen-ai-okhttp");
    seen.isEnriched("gen-ai-openai");
    assertThat(attributes(seen.isEnriched("gen-ai-twice")))
        .containsEntry("costattr.attempts", 2L)
        .containsEntry("costattr.cost.amount", 0.00056);

    // A span of something around the call is no span of the call.
    Span inAgent = seen.hasOwn("gen-ai-agent").get(0);
    assertThat(inAgent.getParentSpanId())
        .isEqualTo(seen.hostSpan("invoke_agent gpt-5.5", inAgent).getSpanId());
    seen.hasOwn("gen-ai-retrieval");
    seen.hasOwn("jdk");
    assertThat(seen.picoOfSpans()).isEqualTo(SeenSpans.pico(seen.result().events()));
    assertThat(tokens(seen.own())).containsEntry("chat input", 4.0).containsKey("embeddings input");
  }

  @Test
  void inATraceThatIsNotSampledThereAreEventsAndMetricsAndNoSpans() throws Exception {
    SeenSpans seen =
        SeenSpans.withSdk(
            directory, false, (jvm, host, own) -> costattr(jvm, own), "chat", "gen-ai-jdk");

    assertThat(seen.host().spans()).isEmpty();
    assertThat(seen.own().spans()).isEmpty();
    assertThat(seen.own().events()).hasSize(2);
    assertThat(tokens(seen.own())).containsEntry("chat input", 4.0);
  }

  /** Not even to the application: the other agent's bridge takes no span of another SDK's. */
  @Test
  void besideTheOpenTelemetryAgentItsSpansAreNotCurrent() throws Exception {
    SeenSpans seen =
        SeenSpans.withSdk(
            directory,
            true,
            (jvm, host, own) -> costattr(openTelemetry(jvm, host), own),
            "chat",
            "jdk",
            "gen-ai-jdk");

    assertThat(seen.isEnriched("chat").getTraceId()).isNotEqualTo(seen.work("chat").getTraceId());
    for (String call : List.of("jdk", "gen-ai-jdk")) {
      assertThat(seen.hasOwn(call).get(0).getParentSpanId().isEmpty()).isTrue();
    }
  }
}
