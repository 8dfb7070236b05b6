package io.costattr.export.otel;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a receiver got. Thread-safe. */
public final class Received {
  private static final long PATIENCE_NANOS = 90_000_000_000L;

  private final List<Span> spans = new ArrayList<>();
  private final List<LogRecord> events = new ArrayList<>();
  private final List<Metric> metrics = new ArrayList<>();
  private final List<Resource> resources = new ArrayList<>();
  private final List<Resource> eventResources = new ArrayList<>();
  private final List<Long> eventArrivals = new ArrayList<>();
  private int requests;

  /** Takes the body of a request for {@code traces}, {@code logs} or {@code metrics}. */
  synchronized void take(String signal, byte[] body) throws Exception {
    switch (signal) {
      case "traces" ->
          ExportTraceServiceRequest.parseFrom(body)
              .getResourceSpansList()
              .forEach(
                  from -> {
                    resources.add(from.getResource());
                    from.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
                  });
      case "logs" -> {
        eventArrivals.add(System.nanoTime());
        ExportLogsServiceRequest.parseFrom(body)
            .getResourceLogsList()
            .forEach(
                from -> {
                  eventResources.add(from.getResource());
                  from.getScopeLogsList()
                      .forEach(scope -> events.addAll(scope.getLogRecordsList()));
                });
      }
      case "metrics" ->
          ExportMetricsServiceRequest.parseFrom(body)
              .getResourceMetricsList()
              .forEach(
                  from ->
                      from.getScopeMetricsList()
                          .forEach(scope -> metrics.addAll(scope.getMetricsList())));
      default -> throw new IllegalArgumentException(signal);
    }
    notifyAll();
  }

  /** A request came, whatever becomes of it. */
  synchronized void requested() {
    requests++;
    notifyAll();
  }

  synchronized int requests() {
    return requests;
  }

  public synchronized List<Span> spans() {
    return List.copyOf(spans);
  }

  public synchronized List<LogRecord> events() {
    return List.copyOf(events);
  }

  /** Every export of every metric, in order. */
  public synchronized List<Metric> metrics() {
    return List.copyOf(metrics);
  }

  /** The last export of that metric. */
  synchronized Metric metric(String name) {
    for (int i = metrics.size() - 1; i >= 0; i--) {
      if (metrics.get(i).getName().equals(name)) {
        return metrics.get(i);
      }
    }
    throw new AssertionError("no metric " + name + " came");
  }

  synchronized Map<String, Object> resource() {
    return attributes(resources.get(0).getAttributesList());
  }

  /** The resource of the last events. */
  synchronized Map<String, Object> eventResource() {
    return attributes(eventResources.get(eventResources.size() - 1).getAttributesList());
  }

  /** When each request with events came ({@code nanoTime}). */
  synchronized List<Long> eventArrivals() {
    return List.copyOf(eventArrivals);
  }

  /** Whether that metric came. */
  synchronized boolean has(String name) {
    return metrics.stream().anyMatch(metric -> metric.getName().equals(name));
  }

  /** The last value of a gauge that has one. */
  synchronized long gauge(String name) {
    return metric(name).getGauge().getDataPoints(0).getAsInt();
  }

  /** Waits until that holds. */
  synchronized void await(Predicate<Received> condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.test(this)) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError("what was awaited did not come");
      }
      wait(millis);
    }
  }

  public static Map<String, Object> attributes(List<KeyValue> attributes) {
    Map<String, Object> map = new TreeMap<>();
    attributes.forEach(attribute -> map.put(attribute.getKey(), value(attribute.getValue())));
    return map;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(Received::value).toList();
      default -> throw new IllegalArgumentException(value.toString());
    };
  }
}
