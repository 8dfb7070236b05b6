package io.costattr.export.otel;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.HostCall;
import io.costattr.core.attribution.HostSpan;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.ledger.HostTelemetry;
import io.costattr.export.Entries;
import io.costattr.export.Registry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written to a span of OpenTelemetry's SDK. */
class SpanEnrichmentTest {
  private final SdkTracerProvider tracers =
      SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(new Nowhere()))
          .build();
  private final Span span =
      tracers
          .get("another")
          .spanBuilder("chat gpt-5.2")
          .setAttribute("gen_ai.operation.name", "chat")
          .setAttribute("gen_ai.usage.input_tokens", 7)
          .startSpan();
  private final SpanEnrichment enrichment = new SpanEnrichment(Entries.config());

  @AfterEach
  void end() {
    tracers.close();
  }

  /** Without a processor no span would be recorded. */
  private static final class Nowhere implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  /** The call of that span. */
  private class Call implements HostCall {
    private final @Nullable String operation;

    /** After how many attributes the span ends; -1 for never. */
    private final int endsAfter;

    Call(@Nullable String operation, int endsAfter) {
      this.operation = operation;
      this.endsAfter = endsAfter;
    }

    @Override
    public HostSpan span() {
      return new HostSpan(
          span.getSpanContext().getTraceId(), span.getSpanContext().getSpanId(), (byte) 1);
    }

    @Override
    public @Nullable String operation() {
      return operation;
    }

    @Override
    public Object identity() {
      return span;
    }

    @Override
    public boolean write(Map<String, Object> attributes, String proof) {
      int written = 0;
      for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
        if (written++ == endsAfter) {
          span.end();
        }
        if (attribute.getValue() instanceof Long number) {
          span.setAttribute(attribute.getKey(), number);
        } else if (attribute.getValue() instanceof Double number) {
          span.setAttribute(attribute.getKey(), number);
        } else {
          span.setAttribute(attribute.getKey(), attribute.getValue().toString());
        }
      }
      return attributes.get(proof).equals(((ReadableSpan) span).getAttribute(longKey(proof)));
    }
  }

  private Attributes attributes() {
    return ((ReadableSpan) span).toSpanData().getAttributes();
  }

  @Test
  void aSpanGetsWhatIsOursAndKeepsWhatItHas() {
    CostEvent event = enrichment.enrich(Entries.priced("e-1"), new Call("chat", -1));

    assertThat(event.host()).isEqualTo(new HostTelemetry(new Call("chat", -1).span(), true));
    assertThat(attributes().get(longKey("costattr.cost.pico_usd")))
        .isEqualTo(Entries.priced("e-1").cost().picoUsd());
    assertThat(attributes().get(longKey("costattr.attempts"))).isEqualTo(1);
    assertThat(attributes().get(stringKey("costattr.event.id"))).isEqualTo("e-1");
    assertThat(attributes().get(longKey("gen_ai.usage.input_tokens"))).isEqualTo(7);
    assertThat(attributes().get(stringKey("gen_ai.response.model"))).isNull();
  }

  @Test
  void severalAttemptsAreAddedUp() {
    enrichment.enrich(Entries.refused("e-1"), new Call("chat", -1));
    enrichment.enrich(Entries.priced("e-2"), new Call("chat", -1));
    enrichment.enrich(Entries.priced("e-3"), new Call("chat", -1));

    long once = Entries.priced("e-2").cost().picoUsd();
    assertThat(attributes().get(longKey("costattr.attempts"))).isEqualTo(3);
    assertThat(attributes().get(longKey("costattr.cost.pico_usd"))).isEqualTo(2 * once);
    assertThat(attributes().get(doubleKey("costattr.cost.amount"))).isEqualTo(2 * once / 1e12);
    assertThat(attributes().get(stringKey("costattr.event.id"))).isEqualTo("e-3");
  }

  @Test
  void aSpanThatEndsInTheMidstOfItHasNoAmountsWhichCountElsewhere() {
    List<String> names = new ArrayList<>();
    enrichment.enrich(
        Entries.priced("e-1"),
        new Call("chat", -1) {
          @Override
          public boolean write(Map<String, Object> attributes, String proof) {
            names.addAll(attributes.keySet());
            return false;
          }
        });
    int proof = names.indexOf("costattr.attempts");
    assertThat(names.subList(proof + 1, names.size()))
        .contains("costattr.cost.amount", "costattr.cost.pico_usd");

    CostEvent late = enrichment.enrich(Entries.priced("e-1"), new Call("chat", proof));

    assertThat(late.host()).isEqualTo(new HostTelemetry(null, true));
    assertThat(attributes().get(longKey("costattr.cost.pico_usd"))).isNull();
    assertThat(attributes().get(stringKey("costattr.feature"))).isNotNull();
  }

  @Test
  void aSpanOfSomethingElseIsLeftAlone() {
    for (String operation : List.of("embeddings", "invoke_agent", "image")) {
      CostEvent event = enrichment.enrich(Entries.priced("e-1"), new Call(operation, -1));

      assertThat(event.host()).isEqualTo(HostTelemetry.NONE);
    }
    assertThat(attributes().get(longKey("costattr.attempts"))).isNull();
    for (String operation : List.of("embeddings", "embedding")) {
      assertThat(enrichment.enrich(Entries.embedding("e-2"), new Call(operation, -1)).host().span())
          .isNotNull();
    }
    for (String operation : List.of("generate_content", "text_completion")) {
      assertThat(enrichment.enrich(Entries.priced("e-3"), new Call(operation, -1)).host().span())
          .isNotNull();
    }
    assertThat(enrichment.enrich(Entries.priced("e-4"), new Call(null, -1)).host().span())
        .isNotNull();
  }

  @Test
  void whereSpansAreNotToBeWrittenToTheyAreNot() {
    for (String mode : List.of("own", "off")) {
      SpanEnrichment none = new SpanEnrichment(Entries.config("costattr.otel.spans", mode));

      assertThat(none.enrich(Entries.priced("e-1"), new Call("chat", -1)).host())
          .isEqualTo(new HostTelemetry(null, true));
    }
    assertThat(SpanEnrichment.isOn(Entries.config("otel.sdk.disabled", "true"))).isFalse();
    assertThat(SpanEnrichment.isOn(Entries.config("costattr.otel.spans", "enrich"))).isTrue();
    assertThat(attributes().get(longKey("costattr.attempts"))).isNull();
  }

  @Test
  void everythingThatIsWrittenIsInTheRegistry() {
    new SpanEnrichment(Entries.config("costattr.otel.semconv.cost", "true"))
        .enrich(Entries.guarded("e-1"), new Call("chat", -1));
    Set<String> registered = new TreeSet<>();
    for (Registry.Entry attribute : Registry.read().section("attributes")) {
      if (attribute.list("on").contains("enriched") || attribute.list("on").contains("span")) {
        registered.add(attribute.text("name"));
      }
    }
    Set<String> written = new TreeSet<>();
    for (AttributeKey<?> key : attributes().asMap().keySet()) {
      written.add(key.getKey());
    }
    assertThat(written)
        .contains("costattr.attempts", "gen_ai.usage.cost.amount", "gen_ai.usage.cost.source");
    for (Iterator<String> names = written.iterator(); names.hasNext(); ) {
      String name = names.next();
      assertThat(registered)
          .anyMatch(known -> known.endsWith(".") ? name.startsWith(known) : name.equals(known));
    }
  }
}
