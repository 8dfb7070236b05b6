package io.costattr.export.otel;

import io.costattr.export.SpanIds;
import io.opentelemetry.sdk.trace.IdGenerator;

/** Gives each span the ids that follow from its entry. For the ledger's one thread. */
final class EventIds implements IdGenerator {
  private SpanIds ids = new SpanIds("", "");

  /** The ids of the span to be started next. */
  void next(SpanIds ids) {
    this.ids = ids;
  }

  @Override
  public String generateSpanId() {
    return ids.spanId();
  }

  @Override
  public String generateTraceId() {
    return ids.traceId();
  }
}
