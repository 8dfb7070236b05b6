package io.costattr.export.otel;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.costattr.core.ledger.CostEvent;
import io.costattr.core.usage.Meter;
import io.costattr.core.usage.Usage;
import io.costattr.export.AttributeNames;
import io.costattr.export.MetricNames;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.context.Context;

/**
 * The GenAI metrics as the conventions' main line has them since 2026-10: counters for totals, by
 * modality, and durations of inference apart from those of other operations.
 */
final class LatestConventions implements ConventionalMetrics {
  private static final AttributeKey<String> MODALITY = stringKey(AttributeNames.SEMCONV_MODALITY);

  private final DoubleHistogram inference;
  private final DoubleHistogram operation;
  private final DoubleHistogram firstChunk;
  private final LongCounter input;
  private final LongCounter output;
  private final LongCounter cacheRead;
  private final LongCounter cacheWrite;
  private final LongCounter reasoning;

  LatestConventions(io.opentelemetry.api.metrics.Meter meter) {
    inference =
        CallMetrics.seconds(
            meter, MetricNames.SEMCONV_INFERENCE_DURATION, "GenAI inference duration.");
    operation =
        CallMetrics.seconds(
            meter, MetricNames.SEMCONV_OPERATION_DURATION, "GenAI operation duration.");
    firstChunk =
        CallMetrics.seconds(
            meter, MetricNames.SEMCONV_INFERENCE_FIRST_CHUNK, "Time to the first chunk.");
    input = tokens(meter, MetricNames.SEMCONV_INPUT_TOKENS, "Input tokens used.");
    output = tokens(meter, MetricNames.SEMCONV_OUTPUT_TOKENS, "Output tokens used.");
    cacheRead =
        tokens(meter, MetricNames.SEMCONV_CACHE_READ_TOKENS, "Input tokens read from the cache.");
    cacheWrite =
        tokens(meter, MetricNames.SEMCONV_CACHE_WRITE_TOKENS, "Input tokens put in the cache.");
    reasoning =
        tokens(meter, MetricNames.SEMCONV_REASONING_TOKENS, "Output tokens used for reasoning.");
  }

  private static LongCounter tokens(
      io.opentelemetry.api.metrics.Meter meter, String name, String description) {
    return meter.counterBuilder(name).setUnit("{token}").setDescription(description).build();
  }

  @Override
  public void record(CostEvent event, Context context) {
    Attributes common = ConventionalMetrics.common(event.attempt());
    String name = EventAttributes.operation(event.attempt());
    boolean isInference = name.equals("chat") || name.equals("text_completion");
    (isInference ? inference : operation)
        .record(
            event.attempt().latencyNanos() / 1e9,
            CallMetrics.withError(common, event.attempt()),
            context);
    if (!isInference) {
      return;
    }
    Long first = event.attempt().timeToFirstChunkNanos();
    if (first != null) {
      firstChunk.record(first / 1e9, common, context);
    }
    Usage usage = event.usage();
    if (usage == null) {
      Attributes unknown = common.toBuilder().put(MODALITY, "unknown").build();
      input.add(0, unknown, context);
      output.add(0, unknown, context);
      return;
    }
    count(usage, common, context);
  }

  private void count(Usage usage, Attributes common, Context context) {
    Attributes text = common.toBuilder().put(MODALITY, "text").build();
    Attributes audio = common.toBuilder().put(MODALITY, "audio").build();
    Attributes image = common.toBuilder().put(MODALITY, "image").build();
    long audioRead = usage.quantity(Meter.CACHED_AUDIO_INPUT);
    long imageRead = usage.quantity(Meter.CACHED_IMAGE_INPUT);
    long audioInput = usage.quantity(Meter.AUDIO_INPUT) + audioRead;
    long imageInput = usage.quantity(Meter.IMAGE_INPUT) + imageRead;
    input.add(usage.inputTokens() - audioInput - imageInput, text, context);
    some(input, audioInput, audio, context);
    some(input, imageInput, image, context);
    output.add(usage.quantity(Meter.OUTPUT), text, context);
    some(output, usage.quantity(Meter.AUDIO_OUTPUT), audio, context);
    some(output, usage.quantity(Meter.IMAGE_OUTPUT), image, context);
    some(cacheRead, usage.quantity(Meter.CACHED_INPUT), text, context);
    some(cacheRead, audioRead, audio, context);
    some(cacheRead, imageRead, image, context);
    some(cacheWrite, EventAttributes.cacheWrite(usage), text, context);
    Long reasoned = usage.reported().reasoningTokens();
    some(reasoning, reasoned == null ? 0 : reasoned, text, context);
  }

  private static void some(
      LongCounter counter, long tokens, Attributes attributes, Context context) {
    if (tokens > 0) {
      counter.add(tokens, attributes, context);
    }
  }
}
