package io.costattr.export.otel;

import io.costattr.export.spool.Place;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import org.jspecify.annotations.Nullable;

/** A log event on its way, and where it is kept meanwhile. {@link EventSpool} guards its state. */
final class SpooledEvent {
  private final LogRecordData data;
  private @Nullable Place place;
  private boolean forgotten;

  SpooledEvent(LogRecordData data) {
    this.data = data;
  }

  SpooledEvent(LogRecordData data, Place place) {
    this.data = data;
    this.place = place;
  }

  LogRecordData data() {
    return data;
  }

  /** Where it is kept; null when it is not yet. */
  @Nullable Place place() {
    return place;
  }

  void place(Place place) {
    this.place = place;
  }

  /** Whether it is no longer needed. */
  boolean isForgotten() {
    return forgotten;
  }

  void forget() {
    forgotten = true;
  }
}
