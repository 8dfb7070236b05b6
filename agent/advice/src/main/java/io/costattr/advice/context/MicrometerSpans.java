package io.costattr.advice.context;

import io.costattr.core.attribution.HostCall;
import io.micrometer.observation.Observation.ContextView;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import org.jspecify.annotations.Nullable;

/** The spans of OpenTelemetry that Micrometer has made of observations. */
final class MicrometerSpans {
  /** Where it is absent, this class cannot be made. */
  private final Class<?> spans = OtelSpan.class;

  private final OtelApi api;
  private final SdkSpans sdk;

  MicrometerSpans() throws ReflectiveOperationException {
    api = new OtelApi("io.opentelemetry.", MicrometerSpans.class.getClassLoader());
    sdk = new SdkSpans(api);
  }

  /** The call that this observation is of; null when it has no span that is recorded. */
  @Nullable HostCall call(ContextView context, String operation) {
    TracingContext tracing = context.get(TracingContext.class);
    Span span = tracing == null ? null : tracing.getSpan();
    if (span == null || !spans.isInstance(span)) {
      return null;
    }
    Object recorded = OtelSpan.toOtel(span);
    return api.isRecording(recorded)
        ? new OtelCall(api, sdk, recorded, api.hostSpan(recorded), operation)
        : null;
  }
}
