package io.costattr.export.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counters each of whose series is exported once as zero before it counts. {@code increase()} and
 * {@code rate()} of Prometheus see only rises between samples: what a series is born with is lost
 * to them, and with it every alert on a first rise. What comes before the zero is out waits for the
 * collection after it. Thread-safe.
 */
final class ZeroBornCounters {

  /** A counter of OpenTelemetry, of whole or of broken numbers. */
  private interface Instrument {
    void add(double value, Attributes attributes, Context context);
  }

  /** As many as OpenTelemetry tells apart by default; those beyond have no series of their own. */
  private static final int MAX_SERIES = 2_000;

  private final Meter meter;
  private final List<Series> young = new ArrayList<>();
  private boolean ending;

  ZeroBornCounters(Meter meter) {
    this.meter = meter;
  }

  /** A counter of broken numbers. */
  Counter ofDoubles(String name, String unit, String description) {
    return new Counter(
        meter.counterBuilder(name).setUnit(unit).setDescription(description).ofDoubles().build()
            ::add);
  }

  /** A counter of whole numbers. */
  Counter ofLongs(String name, String unit, String description) {
    var counter = meter.counterBuilder(name).setUnit(unit).setDescription(description).build();
    return new Counter(
        (value, attributes, context) -> counter.add((long) value, attributes, context));
  }

  /** A collection begins: what was zero in the last one counts in this one. */
  synchronized void collecting() {
    young.removeIf(Series::grow);
  }

  /** The last collection is to come: nothing waits any longer. */
  synchronized void ending() {
    ending = true;
    young.forEach(Series::settle);
    young.clear();
  }

  /** One of these counters. */
  final class Counter {
    private final Instrument instrument;
    private final Map<Attributes, Series> series = new HashMap<>();

    private Counter(Instrument instrument) {
      this.instrument = instrument;
    }

    /** Adds to a series; values are below 2^53, so that whole ones stay exact. */
    void add(double value, Attributes attributes, Context context) {
      synchronized (ZeroBornCounters.this) {
        Series one = series.get(attributes);
        if (one == null && series.size() < MAX_SERIES) {
          one = born(attributes);
        }
        if (one != null && one.waits) {
          one.waiting += value;
          return;
        }
      }
      instrument.add(value, attributes, context);
    }

    private Series born(Attributes attributes) {
      Series born = new Series(instrument, attributes, !ending);
      series.put(attributes, born);
      if (!ending) {
        instrument.add(0, attributes, Context.root());
        young.add(born);
      }
      return born;
    }
  }

  private static final class Series {
    private final Instrument instrument;
    private final Attributes attributes;
    private boolean waits;
    private boolean exported;
    private double waiting;

    Series(Instrument instrument, Attributes attributes, boolean waits) {
      this.instrument = instrument;
      this.attributes = attributes;
      this.waits = waits;
    }

    /** True when the series has grown up. */
    boolean grow() {
      if (exported) {
        settle();
        return true;
      }
      exported = true;
      return false;
    }

    void settle() {
      waits = false;
      if (waiting != 0) {
        instrument.add(waiting, attributes, Context.root());
      }
    }
  }
}
