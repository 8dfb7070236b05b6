package io.costattr.advice.context;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Reads spans of OpenTelemetry's SDK, which the API cannot: their attributes, kind and parent, by
 * the SDK's public {@code ReadableSpan}. Nothing is known of spans of any other make.
 */
final class SdkSpans {
  private static final String READABLE = "io.opentelemetry.sdk.trace.ReadableSpan";
  private static final String CLIENT = "CLIENT";

  private record Reader(MethodHandle attribute, MethodHandle kind, MethodHandle parent) {}

  private final ClassValue<@Nullable Reader> readers =
      new ClassValue<>() {
        @Override
        protected @Nullable Reader computeValue(Class<?> type) {
          Class<?> readable = readable(type);
          return readable == null ? null : reader(readable);
        }
      };

  private final OtelApi api;
  private final Object method;
  private final Object formerMethod;

  SdkSpans(OtelApi api) {
    this.api = api;
    this.method = api.keyFor("http.request.method", "");
    this.formerMethod = api.keyFor("http.method", "");
  }

  /** The value of that attribute, or null. */
  @Nullable Object attribute(Object span, Object key) {
    Reader reader = readers.get(span.getClass());
    return reader == null ? null : attribute(reader, span, key);
  }

  /** The ids of its parent where it is the span of an HTTP client; else null. */
  @Nullable Object parentOfHttp(Object span) {
    Reader reader = readers.get(span.getClass());
    if (reader == null) {
      return null;
    }
    try {
      Object kind = (Object) reader.kind.invokeExact(span);
      return CLIENT.equals(((Enum<?>) kind).name())
              && (attribute(reader, span, method) != null
                  || attribute(reader, span, formerMethod) != null)
          ? (Object) reader.parent.invokeExact(span)
          : null;
    } catch (Throwable e) {
      throw OtelApi.thrown(e);
    }
  }

  private static @Nullable Object attribute(Reader reader, Object span, Object key) {
    try {
      return (Object) reader.attribute.invokeExact(span, key);
    } catch (Throwable e) {
      throw OtelApi.thrown(e);
    }
  }

  private @Nullable Reader reader(Class<?> readable) {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodType getter = MethodType.methodType(Object.class, Object.class);
    try {
      return new Reader(
          lookup
              .findVirtual(
                  readable,
                  "getAttribute",
                  MethodType.methodType(Object.class, api.type("api.common.AttributeKey")))
              .asType(MethodType.methodType(Object.class, Object.class, Object.class)),
          lookup
              .findVirtual(
                  readable, "getKind", MethodType.methodType(api.type("api.trace.SpanKind")))
              .asType(getter),
          lookup
              .findVirtual(
                  readable,
                  "getParentSpanContext",
                  MethodType.methodType(api.type("api.trace.SpanContext")))
              .asType(getter));
    } catch (ReflectiveOperationException older) {
      return null;
    }
  }

  private static @Nullable Class<?> readable(Class<?> type) {
    for (Class<?> of = type; of != null; of = of.getSuperclass()) {
      for (Class<?> face : of.getInterfaces()) {
        Class<?> found = READABLE.equals(face.getName()) ? face : readable(face);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
