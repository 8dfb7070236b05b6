package io.costattr.advice.jetty;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;

/**
 * What the head of a request is written from. It is public, but from 12.0 on some of it has other
 * names, and what was a class is an interface. Knows nothing of the client, which may have been
 * loaded apart.
 */
final class RequestHead {
  private static final MethodHandle URI = getter(HttpURI.class, "getURI", "getHttpURI");
  private static final MethodHandle HEADERS =
      getter(HttpFields.class, "getFields", "getHttpFields");
  private static final MethodHandle TRAILERS =
      getter(Supplier.class, "getTrailerSupplier", "getTrailersSupplier");
  private static final MethodHandle NEW = constructor();
  private static final MethodHandle PUT = put();

  private RequestHead() {}

  static HttpFields headers(MetaData.Request request) throws Throwable {
    return (HttpFields) HEADERS.invokeExact(request);
  }

  /** The same request, where a header has that value in place of those that it had. */
  static MetaData.Request with(MetaData.Request request, String header, String value)
      throws Throwable {
    HttpFields.Mutable headers = HttpFields.build(headers(request));
    PUT.invokeExact(headers, header, value);
    return (MetaData.Request)
        NEW.invokeExact(
            request.getMethod(),
            (HttpURI) URI.invokeExact(request),
            request.getHttpVersion(),
            (HttpFields) headers,
            request.getContentLength(),
            (Supplier<?>) TRAILERS.invokeExact(request));
  }

  private static MethodHandle getter(Class<?> type, String name, String laterName) {
    Lookup lookup = MethodHandles.publicLookup();
    MethodHandle getter;
    try {
      getter = lookup.findVirtual(MetaData.Request.class, laterName, methodType(type));
    } catch (ReflectiveOperationException earlier) {
      try {
        getter = lookup.findVirtual(MetaData.Request.class, name, methodType(type));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return getter.asType(methodType(type, MetaData.Request.class));
  }

  private static MethodHandle constructor() {
    MethodType type =
        methodType(
            void.class,
            String.class,
            HttpURI.class,
            HttpVersion.class,
            HttpFields.class,
            long.class,
            Supplier.class);
    try {
      return MethodHandles.publicLookup().findConstructor(MetaData.Request.class, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle put() {
    MethodType type = methodType(HttpFields.Mutable.class, String.class, String.class);
    try {
      return MethodHandles.publicLookup()
          .findVirtual(HttpFields.Mutable.class, "put", type)
          .asType(methodType(void.class, HttpFields.Mutable.class, String.class, String.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
