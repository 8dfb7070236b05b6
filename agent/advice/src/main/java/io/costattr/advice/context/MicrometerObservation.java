package io.costattr.advice.context;

import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.HostCall;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation.ContextView;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * Finds the observation of a model call, as Spring AI makes them through Micrometer: its span has
 * neither name nor attributes before it ends, so that OpenTelemetry does not tell what it is.
 */
public final class MicrometerObservation implements ContextSource {
  private static final String OPERATION = "gen_ai.operation.name";

  /** The current observation is a thread local that all registries share. */
  private final ObservationRegistry registry = ObservationRegistry.create();

  private @Nullable MicrometerSpans spans;
  private boolean looked;

  @Override
  public @Nullable HostCall call(@Nullable Object carried) {
    ObservationView at =
        carried instanceof ObservationView observation
            ? observation
            : registry.getCurrentObservation();
    while (at != null) {
      ContextView context = at.getContextView();
      KeyValue operation = context.getLowCardinalityKeyValue(OPERATION);
      if (operation != null) {
        return call(context, operation.getValue());
      }
      // Between the call and what sends it there is nothing but an HTTP client's.
      at =
          context instanceof SenderContext<?> sender && sender.getKind() == Kind.CLIENT
              ? context.getParentObservation()
              : null;
    }
    return null;
  }

  private HostCall call(ContextView context, String operation) {
    MicrometerSpans known = spans();
    HostCall call = known == null ? null : known.call(context, operation);
    return call == null ? new CountedCall(operation) : call;
  }

  /** Null where Micrometer's tracing is not there, or is not by OpenTelemetry. */
  private synchronized @Nullable MicrometerSpans spans() {
    if (!looked) {
      looked = true;
      try {
        spans = new MicrometerSpans();
      } catch (ReflectiveOperationException | LinkageError absent) {
        spans = null;
      }
    }
    return spans;
  }
}
