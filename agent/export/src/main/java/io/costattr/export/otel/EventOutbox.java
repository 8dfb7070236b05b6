package io.costattr.export.otel;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.Collection;

/** Puts every log event into an {@link Outbox}. */
final class EventOutbox implements LogRecordProcessor {
  private final Outbox<LogRecordData> outbox;

  EventOutbox(Outbox<LogRecordData> outbox) {
    this.outbox = outbox;
  }

  /** The exporter as an outbox needs it. */
  static Outbox.Exporter<LogRecordData> of(LogRecordExporter exporter) {
    return new Outbox.Exporter<>() {
      @Override
      public CompletableResultCode export(Collection<LogRecordData> batch) {
        return exporter.export(batch);
      }

      @Override
      public void shutdown() {
        exporter.shutdown();
      }
    };
  }

  @Override
  public void onEmit(Context context, ReadWriteLogRecord event) {
    outbox.add(event.toLogRecordData());
  }
}
