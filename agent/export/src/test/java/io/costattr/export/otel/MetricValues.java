package io.costattr.export.otel;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the points of a metric say. */
final class MetricValues {
  private MetricValues() {}

  static double lastValue(Received received, String name, String feature) {
    double last = 0;
    for (Metric metric : received.metrics()) {
      if (metric.getName().equals(name)) {
        for (NumberDataPoint point : points(metric)) {
          if (feature.equals(attributes(point).get("costattr.feature"))) {
            last = value(point);
          }
        }
      }
    }
    return last;
  }

  static List<String> names(Received received) {
    return received.metrics().stream().map(Metric::getName).toList();
  }

  static List<NumberDataPoint> points(Metric metric) {
    return metric.getSum().getDataPointsList();
  }

  static Map<String, Object> attributes(NumberDataPoint point) {
    return attributes(point.getAttributesList());
  }

  static Map<String, Object> attributes(List<KeyValue> attributes) {
    return Received.attributes(attributes);
  }

  static Map<String, Double> values(Metric metric, String attribute) {
    Map<String, Double> values = new TreeMap<>();
    points(metric)
        .forEach(point -> values.put("" + attributes(point).get(attribute), value(point)));
    return values;
  }

  static double value(NumberDataPoint point) {
    return point.hasAsInt() ? (double) point.getAsInt() : point.getAsDouble();
  }
}
