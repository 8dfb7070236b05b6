package io.costattr.export.otel;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/** Puts every sampled span into an {@link Outbox}. */
final class SpanOutbox implements SpanProcessor {
  private final Outbox<SpanData> outbox;

  SpanOutbox(Outbox<SpanData> outbox) {
    this.outbox = outbox;
  }

  /**
   * The exporter as an outbox needs it.
   *
   * @param senders those that it was made with
   */
  static Outbox.Exporter<SpanData> of(SpanExporter exporter, Senders senders) {
    return new Outbox.Exporter<>() {
      @Override
      public CompletableResultCode export(Collection<SpanData> batch) {
        return exporter.export(batch);
      }

      @Override
      public long takeRejected() {
        return senders.takeRejected();
      }

      @Override
      public void shutdown() {
        exporter.shutdown();
      }
    };
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled()) {
      outbox.add(span.toSpanData());
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
