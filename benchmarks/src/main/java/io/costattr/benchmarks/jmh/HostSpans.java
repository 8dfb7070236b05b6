package io.costattr.benchmarks.jmh;

import io.costattr.advice.context.OtelSpan;
import io.costattr.benchmarks.SampleEvent;
import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.Host;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.ledger.CostEvent;
import io.costattr.core.price.PriceBook;
import io.costattr.export.otel.SpanEnrichment;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the application's spans cost a model call: finding the one that observes it, at its start,
 * at most 1,000 ns; writing to that, at its end, at most 20,000 ns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HostSpans {
  private final ContextSource source = source();
  private final SdkTracerProvider tracers =
      SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(new Nowhere()))
          .build();
  private final PriceBook prices = PriceBook.builtIn();
  private final SpanEnrichment enrichment =
      new SpanEnrichment(ConfigReader.read(null, new Properties(), Map.of()));
  private final Span span =
      tracers
          .get("application")
          .spanBuilder("chat gpt-5.5")
          .setAttribute("gen_ai.operation.name", "chat")
          .startSpan();
  private final CostEvent event = SampleEvent.now(prices);
  private io.opentelemetry.context.Scope scope = io.opentelemetry.context.Scope.noop();
  private Host host = Host.NONE;

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

  private static ContextSource source() {
    try {
      return new OtelSpan();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // It is closed at the end.
  @Setup
  public void start() {
    ContextSources.add(source);
    scope = span.makeCurrent();
    host = ContextSources.host();
  }

  @TearDown
  public void end() {
    scope.close();
    span.end();
    ContextSources.remove(source);
    tracers.close();
  }

  @Benchmark
  public Host find() {
    return ContextSources.host();
  }

  @Benchmark
  public CostEvent write() {
    return host.call() == null ? event : enrichment.enrich(event, host.call());
  }
}
