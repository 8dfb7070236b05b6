package io.costattr.advice.context;

/**
 * Reads the current span of the OpenTelemetry Java agent, whose API lies renamed on the boot class
 * path. The names are those of its releases 2.x.
 */
public final class OtelAgentSpan extends OtelSource {
  private static final String SHADED = "io.opentelemetry.javaagent.shaded.";

  public OtelAgentSpan() throws ReflectiveOperationException {
    super(new OtelApi(SHADED + "io.opentelemetry.", null), SHADED + "instrumentation.");
  }
}
