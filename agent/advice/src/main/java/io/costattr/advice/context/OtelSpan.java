package io.costattr.advice.context;

import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.HostSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/** Reads the current span through the application's own OpenTelemetry API. */
public final class OtelSpan implements ContextSource {

  @Override
  public @Nullable HostSpan span() {
    SpanContext context = Span.current().getSpanContext();
    return context.isValid()
        ? new HostSpan(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asByte())
        : null;
  }
}
