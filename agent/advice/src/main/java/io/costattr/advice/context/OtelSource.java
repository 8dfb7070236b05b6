package io.costattr.advice.context;

import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.HostCall;
import io.costattr.core.attribution.HostSpan;
import java.lang.reflect.Field;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the current span through one copy of OpenTelemetry's API, and tells by its attributes, or
 * by what OpenTelemetry's own instrumentations leave in the context, whether it is of a model call.
 */
abstract class OtelSource implements ContextSource {
  /** Each says that a span is of the GenAI conventions; the last is of their first years. */
  private static final String[] GEN_AI = {
    "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.system"
  };

  /** What the conventions call something else than a call of a model. */
  private static final Set<String> AROUND =
      Set.of(
          "create_agent",
          "invoke_agent",
          "invoke_workflow",
          "execute_tool",
          "plan",
          "retrieval",
          "fetch_response");

  /** Its spans say that they are not sampled until that is decided, at the end of the trace. */
  private static final String DATADOG = "datadog.opentelemetry.";

  private static final String METRICS =
      "api.incubator.semconv.genai.GenAiClientMetrics GEN_AI_CLIENT_METRICS_STATE";

  private final OtelApi api;
  private final SdkSpans sdk;
  private final Object operation;
  private final Object[] genAi = new Object[GEN_AI.length];

  /** By which OpenTelemetry's instrumentations keep what they will record; null without those. */
  private final @Nullable Object metrics;

  /**
   * @param instrumentation what the packages of OpenTelemetry's instrumentations begin with
   */
  OtelSource(OtelApi api, String instrumentation) {
    this.api = api;
    this.sdk = new SdkSpans(api);
    this.operation = api.keyFor("gen_ai.operation.name", "");
    for (int i = 0; i < GEN_AI.length; i++) {
      genAi[i] = api.keyFor(GEN_AI[i], "");
    }
    this.metrics = metricsKey(instrumentation);
  }

  private @Nullable Object metricsKey(String instrumentation) {
    String[] names = METRICS.split(" ");
    try {
      Field field =
          Class.forName(instrumentation + names[0], true, api.loader()).getDeclaredField(names[1]);
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError absent) {
      return null;
    }
  }

  /**
   * The current span; where that is an HTTP client's, the one in which it was begun: both are of
   * the same call, of which the application knows the latter.
   */
  @Override
  public @Nullable HostSpan span() {
    Object span = api.spanOf(api.currentContext());
    Object ids = api.idsOf(span);
    if (!api.isValid(ids)) {
      return null;
    }
    if (!api.isRecording(span)) {
      return api.hostSpanOf(ids);
    }
    Object parent = sdk.parentOfHttp(span);
    HostSpan found = api.hostSpanOf(parent != null && api.isValid(parent) ? parent : ids);
    return span.getClass().getName().startsWith(DATADOG) ? sampled(found) : found;
  }

  private static HostSpan sampled(HostSpan span) {
    return new HostSpan(span.traceId(), span.spanId(), (byte) (span.flags() | 1));
  }

  @Override
  public @Nullable HostCall call(@Nullable Object carried) {
    Object context = api.currentContext();
    Object span = api.spanOf(context);
    if (api.isRecording(span)) {
      String name = (String) sdk.attribute(span, operation);
      if (name != null ? !AROUND.contains(name) : isGenAi(span)) {
        return new OtelCall(api, sdk, span, api.hostSpan(span), name);
      }
    }
    return metrics != null && api.value(context, metrics) != null ? COUNTED : null;
  }

  private boolean isGenAi(Object span) {
    for (Object key : genAi) {
      if (sdk.attribute(span, key) != null) {
        return true;
      }
    }
    return false;
  }

  /** One that is counted, whose span is not sampled or is none that can be written to. */
  private static final HostCall COUNTED = new CountedCall(null);
}
