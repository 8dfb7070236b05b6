package io.costattr.advice.context;

import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.HostSpan;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the current span of the OpenTelemetry Java agent, whose API lies renamed on the boot class
 * path. Not compiled against: the names are those of its releases 2.x.
 */
public final class OtelAgentSpan implements ContextSource {
  private static final String SHADED = "io.opentelemetry.javaagent.shaded.";

  private final MethodHandle current;
  private final MethodHandle isValid;
  private final MethodHandle traceId;
  private final MethodHandle spanId;
  private final MethodHandle flags;

  public OtelAgentSpan() throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    Class<?> span = type("io.opentelemetry.api.trace.Span");
    Class<?> context = type("io.opentelemetry.api.trace.SpanContext");
    Class<?> traceFlags = type("io.opentelemetry.api.trace.TraceFlags");
    MethodHandle contextOf =
        lookup.findVirtual(span, "getSpanContext", MethodType.methodType(context));
    current =
        MethodHandles.filterReturnValue(
                lookup.findStatic(span, "current", MethodType.methodType(span)), contextOf)
            .asType(MethodType.methodType(Object.class));
    isValid = getter(lookup, context, "isValid", boolean.class);
    traceId = getter(lookup, context, "getTraceId", String.class);
    spanId = getter(lookup, context, "getSpanId", String.class);
    flags =
        MethodHandles.filterReturnValue(
                lookup.findVirtual(context, "getTraceFlags", MethodType.methodType(traceFlags)),
                lookup.findVirtual(traceFlags, "asByte", MethodType.methodType(byte.class)))
            .asType(MethodType.methodType(byte.class, Object.class));
  }

  private static MethodHandle getter(
      MethodHandles.Lookup lookup, Class<?> of, String name, Class<?> type)
      throws ReflectiveOperationException {
    return lookup
        .findVirtual(of, name, MethodType.methodType(type))
        .asType(MethodType.methodType(type, Object.class));
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(SHADED.concat(name), true, null);
  }

  @Override
  public @Nullable HostSpan span() {
    try {
      Object context = (Object) current.invokeExact();
      return (boolean) isValid.invokeExact(context)
          ? new HostSpan(
              (String) traceId.invokeExact(context),
              (String) spanId.invokeExact(context),
              (byte) flags.invokeExact(context))
          : null;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
