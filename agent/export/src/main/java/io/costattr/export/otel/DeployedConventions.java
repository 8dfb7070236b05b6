package io.costattr.export.otel;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.costattr.core.ledger.CostEvent;
import io.costattr.core.usage.Usage;
import io.costattr.export.AttributeNames;
import io.costattr.export.MetricNames;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.util.List;

/**
 * The GenAI metrics as libraries emit them today: {@code gen_ai.client.token.usage} and {@code
 * gen_ai.client.operation.duration}.
 */
final class DeployedConventions implements ConventionalMetrics {
  private static final AttributeKey<String> TOKEN_TYPE =
      stringKey(AttributeNames.SEMCONV_TOKEN_TYPE);

  /** The conventions' boundaries. */
  private static final List<Long> TOKENS =
      List.of(
          1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L, 4194304L,
          16777216L, 67108864L);

  private final LongHistogram tokens;
  private final DoubleHistogram duration;

  DeployedConventions(Meter meter) {
    tokens =
        meter
            .histogramBuilder(MetricNames.SEMCONV_TOKEN_USAGE)
            .setUnit("{token}")
            .setDescription("Number of input and output tokens used.")
            .ofLongs()
            .setExplicitBucketBoundariesAdvice(TOKENS)
            .build();
    duration =
        CallMetrics.seconds(
            meter, MetricNames.SEMCONV_OPERATION_DURATION, "GenAI operation duration.");
  }

  @Override
  public void record(CostEvent event, Context context) {
    Attributes common = ConventionalMetrics.common(event.attempt());
    duration.record(
        event.attempt().latencyNanos() / 1e9,
        CallMetrics.withError(common, event.attempt()),
        context);
    Usage usage = event.usage();
    if (usage != null) {
      tokens.record(
          usage.inputTokens(), common.toBuilder().put(TOKEN_TYPE, "input").build(), context);
      if (usage.outputTokens() > 0) {
        tokens.record(
            usage.outputTokens(), common.toBuilder().put(TOKEN_TYPE, "output").build(), context);
      }
    }
  }
}
