package io.costattr.advice.context;

/** Reads the current span through the application's own OpenTelemetry API. */
public final class OtelSpan extends OtelSource {

  public OtelSpan() throws ReflectiveOperationException {
    super(
        new OtelApi("io.opentelemetry.", OtelSpan.class.getClassLoader()),
        "io.opentelemetry.instrumentation.");
  }
}
