package io.costattr.export.otel;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where telemetry is sent, for messages. */
final class Endpoint {
  private Endpoint() {}

  /** The endpoint of all signals, else of the events; without credentials that may be in it. */
  static String of(ConfigProperties config) {
    String endpoint = config.getString("otel.exporter.otlp.logs.endpoint");
    if (endpoint == null) {
      endpoint = config.getString("otel.exporter.otlp.endpoint");
    }
    if (endpoint == null) {
      boolean grpc = "grpc".equals(config.getString("otel.exporter.otlp.protocol"));
      return grpc ? "http://localhost:4317" : "http://localhost:4318";
    }
    return withoutCredentials(endpoint);
  }

  private static String withoutCredentials(String endpoint) {
    @Nullable String host = null;
    try {
      URI uri = URI.create(endpoint);
      host = uri.getHost();
      if (host != null) {
        return uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
      }
    } catch (IllegalArgumentException notAnUri) {
      return "(bad address)";
    }
    return "(bad address)";
  }
}
