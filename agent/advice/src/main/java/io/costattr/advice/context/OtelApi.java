package io.costattr.advice.context;

import io.costattr.core.attribution.HostSpan;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One copy of OpenTelemetry's API, under whatever name it has: its contexts, its spans, and what
 * can be written to them. All of it is in the API since 1.0.
 */
final class OtelApi {
  private static final MethodType GET = MethodType.methodType(Object.class, Object.class);

  private final @Nullable ClassLoader loader;
  private final String root;
  private final MethodHandle currentContext;
  private final MethodHandle spanOf;
  private final MethodHandle value;
  private final MethodHandle idsOf;
  private final MethodHandle isValid;
  private final MethodHandle traceId;
  private final MethodHandle spanId;
  private final MethodHandle flags;
  private final MethodHandle isRecording;
  private final MethodHandle write;
  private final MethodHandle textKey;
  private final MethodHandle longKey;
  private final MethodHandle doubleKey;
  private final MethodHandle textsKey;

  /**
   * @param root what its packages begin with: {@code io.opentelemetry.}
   * @param loader who has it; null is the boot loader
   */
  OtelApi(String root, @Nullable ClassLoader loader) throws ReflectiveOperationException {
    this.root = root;
    this.loader = loader;
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    Class<?> context = type("context.Context");
    Class<?> contextKey = type("context.ContextKey");
    Class<?> span = type("api.trace.Span");
    Class<?> ids = type("api.trace.SpanContext");
    Class<?> traceFlags = type("api.trace.TraceFlags");
    Class<?> key = type("api.common.AttributeKey");
    currentContext =
        lookup
            .findStatic(context, "current", MethodType.methodType(context))
            .asType(MethodType.methodType(Object.class));
    spanOf =
        lookup.findStatic(span, "fromContext", MethodType.methodType(span, context)).asType(GET);
    value =
        lookup
            .findVirtual(context, "get", MethodType.methodType(Object.class, contextKey))
            .asType(MethodType.methodType(Object.class, Object.class, Object.class));
    idsOf = lookup.findVirtual(span, "getSpanContext", MethodType.methodType(ids)).asType(GET);
    isValid = is(lookup, ids, "isValid");
    traceId = text(lookup, ids, "getTraceId");
    spanId = text(lookup, ids, "getSpanId");
    flags =
        MethodHandles.filterReturnValue(
                lookup.findVirtual(ids, "getTraceFlags", MethodType.methodType(traceFlags)),
                lookup.findVirtual(traceFlags, "asByte", MethodType.methodType(byte.class)))
            .asType(MethodType.methodType(byte.class, Object.class));
    isRecording = is(lookup, span, "isRecording");
    write =
        lookup
            .findVirtual(span, "setAttribute", MethodType.methodType(span, key, Object.class))
            .asType(MethodType.methodType(void.class, Object.class, Object.class, Object.class));
    textKey = key(lookup, key, "stringKey");
    longKey = key(lookup, key, "longKey");
    doubleKey = key(lookup, key, "doubleKey");
    textsKey = key(lookup, key, "stringArrayKey");
  }

  /** The type of that name behind the root. */
  Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(root.concat(name), true, loader);
  }

  @Nullable ClassLoader loader() {
    return loader;
  }

  private static MethodHandle is(MethodHandles.Lookup lookup, Class<?> of, String name)
      throws ReflectiveOperationException {
    return lookup
        .findVirtual(of, name, MethodType.methodType(boolean.class))
        .asType(MethodType.methodType(boolean.class, Object.class));
  }

  private static MethodHandle text(MethodHandles.Lookup lookup, Class<?> of, String name)
      throws ReflectiveOperationException {
    return lookup
        .findVirtual(of, name, MethodType.methodType(String.class))
        .asType(MethodType.methodType(String.class, Object.class));
  }

  private static MethodHandle key(MethodHandles.Lookup lookup, Class<?> key, String name)
      throws ReflectiveOperationException {
    return lookup
        .findStatic(key, name, MethodType.methodType(key, String.class))
        .asType(MethodType.methodType(Object.class, String.class));
  }

  Object currentContext() {
    try {
      return (Object) currentContext.invokeExact();
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** The span in that context; one that is not valid when there is none. */
  Object spanOf(Object context) {
    return get(spanOf, context);
  }

  /** What that context holds for that key, or null. */
  @Nullable Object value(Object context, Object key) {
    try {
      return (Object) value.invokeExact(context, key);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** The span's own context: its ids. */
  Object idsOf(Object span) {
    return get(idsOf, span);
  }

  boolean isValid(Object ids) {
    return is(isValid, ids);
  }

  /** The span as the agent knows it. */
  HostSpan hostSpan(Object span) {
    return hostSpanOf(idsOf(span));
  }

  /** The same, by its ids. */
  HostSpan hostSpanOf(Object ids) {
    try {
      return new HostSpan(
          (String) traceId.invokeExact(ids),
          (String) spanId.invokeExact(ids),
          (byte) flags.invokeExact(ids));
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  boolean isRecording(Object span) {
    return is(isRecording, span);
  }

  /** The key of an attribute with values like that one. */
  Object keyFor(String name, Object value) {
    MethodHandle key =
        value instanceof Long
            ? longKey
            : value instanceof Double ? doubleKey : value instanceof List<?> ? textsKey : textKey;
    try {
      return (Object) key.invokeExact(name);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  void write(Object span, Object key, Object value) {
    try {
      write.invokeExact(span, key, value);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  private static Object get(MethodHandle of, Object from) {
    try {
      return (Object) of.invokeExact(from);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  private static boolean is(MethodHandle of, Object from) {
    try {
      return (boolean) of.invokeExact(from);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** What another's code threw, to be thrown again. */
  static RuntimeException thrown(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
