package io.costattr.export.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/** A log event as the spool had it. Immutable. */
record RestoredEvent(
    EventCodec.Origin origin,
    @Nullable String name,
    long at,
    long observedAt,
    Severity severity,
    @Nullable String severityText,
    SpanContext span,
    @Nullable String body,
    int total,
    Attributes attributes)
    implements LogRecordData {

  @Override
  public Resource getResource() {
    return origin.resource();
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return origin.scope();
  }

  @Override
  public long getTimestampEpochNanos() {
    return at;
  }

  @Override
  public long getObservedTimestampEpochNanos() {
    return observedAt;
  }

  @Override
  public SpanContext getSpanContext() {
    return span;
  }

  @Override
  public Severity getSeverity() {
    return severity;
  }

  @Override
  public @Nullable String getSeverityText() {
    return severityText;
  }

  @Override
  @Deprecated
  @SuppressWarnings("deprecation") // the interface has it
  public io.opentelemetry.sdk.logs.data.Body getBody() {
    return body == null
        ? io.opentelemetry.sdk.logs.data.Body.empty()
        : io.opentelemetry.sdk.logs.data.Body.string(body);
  }

  @Override
  public @Nullable Value<?> getBodyValue() {
    return body == null ? null : Value.of(body);
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return total;
  }

  @Override
  public @Nullable String getEventName() {
    return name;
  }
}
