package io.costattr.advice.context;

import io.costattr.core.attribution.HostCall;
import io.costattr.core.attribution.HostSpan;
import java.lang.ref.WeakReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that a span of OpenTelemetry observes. The span is held weakly: who is to end it holds it
 * until then, and the agent must not keep the application's loader alive.
 */
final class OtelCall implements HostCall {
  private final OtelApi api;
  private final SdkSpans sdk;
  private final WeakReference<Object> span;
  private final HostSpan ids;
  private final @Nullable String operation;

  OtelCall(OtelApi api, SdkSpans sdk, Object span, HostSpan ids, @Nullable String operation) {
    this.api = api;
    this.sdk = sdk;
    this.span = new WeakReference<>(span);
    this.ids = ids;
    this.operation = operation;
  }

  @Override
  public HostSpan span() {
    return ids;
  }

  @Override
  public @Nullable String operation() {
    return operation;
  }

  @Override
  public @Nullable Object identity() {
    Object writable = span.get();
    return writable != null && api.isRecording(writable) ? writable : null;
  }

  @Override
  public boolean write(Map<String, Object> attributes, String proof) {
    Object writable = span.get();
    if (writable == null || !api.isRecording(writable)) {
      return false;
    }
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      Object value = attribute.getValue();
      api.write(writable, api.keyFor(attribute.getKey(), value), value);
    }
    // A span that ended meanwhile has taken all until then, and says so for ever.
    Object expected = attributes.get(proof);
    return expected != null
        && expected.equals(sdk.attribute(writable, api.keyFor(proof, expected)));
  }
}
