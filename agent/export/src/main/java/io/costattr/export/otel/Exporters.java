package io.costattr.export.otel;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * The OTLP exporters, made by OpenTelemetry's own providers so that every {@code
 * OTEL_EXPORTER_OTLP_*} means what its specification says. Those of spans and events send once: to
 * repeat is for the {@link Outbox}. That of metrics repeats what a collector answered with a status
 * for "later". They report to no meter, which by default would be the global one.
 */
final class Exporters {
  private static final String OTLP = "otlp";
  private static final RetryPolicy ANSWERED_ONLY =
      RetryPolicy.builder().setRetryExceptionPredicate(fault -> false).build();

  private Exporters() {}

  @SuppressWarnings("NullAway") // null is the exporters' word for "no retries"
  static SpanExporter spans(ConfigProperties config, Senders senders) {
    SpanExporter made =
        find(ConfigurableSpanExporterProvider.class, ConfigurableSpanExporterProvider::getName)
            .createExporter(config);
    if (made instanceof OtlpHttpSpanExporter http) {
      return http.toBuilder()
          .setComponentLoader(senders)
          .setRetryPolicy(null)
          .setMeterProvider(MeterProvider::noop)
          .build();
    }
    if (made instanceof OtlpGrpcSpanExporter grpc) {
      return grpc.toBuilder()
          .setComponentLoader(senders)
          .setRetryPolicy(null)
          .setMeterProvider(MeterProvider::noop)
          .build();
    }
    return made;
  }

  @SuppressWarnings("NullAway") // null is the exporters' word for "no retries"
  static LogRecordExporter logs(ConfigProperties config, Senders senders) {
    LogRecordExporter made =
        find(
                ConfigurableLogRecordExporterProvider.class,
                ConfigurableLogRecordExporterProvider::getName)
            .createExporter(config);
    if (made instanceof OtlpHttpLogRecordExporter http) {
      return http.toBuilder()
          .setComponentLoader(senders)
          .setRetryPolicy(null)
          .setMeterProvider(MeterProvider::noop)
          .build();
    }
    if (made instanceof OtlpGrpcLogRecordExporter grpc) {
      return grpc.toBuilder()
          .setComponentLoader(senders)
          .setRetryPolicy(null)
          .setMeterProvider(MeterProvider::noop)
          .build();
    }
    return made;
  }

  static MetricExporter metrics(MetricExporter made, ConfigProperties config) {
    RetryPolicy retry = retry(config);
    if (made instanceof OtlpHttpMetricExporter http) {
      return http.toBuilder().setRetryPolicy(retry).setMeterProvider(MeterProvider::noop).build();
    }
    if (made instanceof OtlpGrpcMetricExporter grpc) {
      return grpc.toBuilder().setRetryPolicy(retry).setMeterProvider(MeterProvider::noop).build();
    }
    return made;
  }

  @SuppressWarnings("NullAway") // null is the exporters' word for "no retries"
  private static RetryPolicy retry(ConfigProperties config) {
    return config.getBoolean("otel.java.exporter.otlp.retry.disabled", false)
        ? null
        : ANSWERED_ONLY;
  }

  private static <P> P find(Class<P> kind, Function<P, String> name) {
    for (P provider : ServiceLoader.load(kind, Exporters.class.getClassLoader())) {
      if (name.apply(provider).equals(OTLP)) {
        return provider;
      }
    }
    throw new IllegalStateException("no " + kind.getSimpleName() + " named " + OTLP);
  }
}
