package io.costattr.export.otel;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Puts every log event into an {@link Outbox}. */
final class EventOutbox implements LogRecordProcessor {
  private final Outbox<SpooledEvent> outbox;

  EventOutbox(Outbox<SpooledEvent> outbox) {
    this.outbox = outbox;
  }

  /**
   * The exporter as an outbox needs it.
   *
   * @param senders those that it was made with
   */
  static Outbox.Exporter<SpooledEvent> of(LogRecordExporter exporter, Senders senders) {
    return new Outbox.Exporter<>() {
      @Override
      public CompletableResultCode export(Collection<SpooledEvent> batch) {
        List<LogRecordData> events = new ArrayList<>(batch.size());
        batch.forEach(event -> events.add(event.data()));
        return exporter.export(events);
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
  public void onEmit(Context context, ReadWriteLogRecord event) {
    outbox.add(new SpooledEvent(event.toLogRecordData()));
  }
}
