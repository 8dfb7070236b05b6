package io.costattr.export.otel;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where telemetry is sent. */
final class Endpoint {
  private static final String PLAIN = "http";

  private final @Nullable URI uri;

  private Endpoint(@Nullable URI uri) {
    this.uri = uri;
  }

  /** The endpoint of all signals, else of the events. */
  static Endpoint of(ConfigProperties config) {
    String endpoint = config.getString("otel.exporter.otlp.logs.endpoint");
    if (endpoint == null) {
      endpoint = config.getString("otel.exporter.otlp.endpoint");
    }
    if (endpoint == null) {
      boolean grpc = "grpc".equals(config.getString("otel.exporter.otlp.protocol"));
      endpoint = grpc ? "http://localhost:4317" : "http://localhost:4318";
    }
    try {
      URI uri = URI.create(endpoint);
      return new Endpoint(uri.getHost() == null ? null : uri);
    } catch (IllegalArgumentException notAnUri) {
      return new Endpoint(null);
    }
  }

  /**
   * What that failure comes to: a server that expects TLS ends a connection without a word, or with
   * bytes that make no sense, when it is spoken to without.
   */
  ExportFailure explain(ExportFailure failure) {
    URI uri = this.uri;
    if (uri == null || !failure.isObscure() || !PLAIN.equals(uri.getScheme())) {
      return failure;
    }
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    return TlsProbe.answers(uri.getHost(), port) ? ExportFailure.WANTS_TLS : failure;
  }

  /** For messages: without credentials and paths that may be in it. */
  @Override
  public String toString() {
    return uri == null
        ? "(bad address)"
        : uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
