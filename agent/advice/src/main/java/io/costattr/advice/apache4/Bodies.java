package io.costattr.advice.apache4;

import io.costattr.advice.stream.Shown;
import io.costattr.core.exchange.Preview;
import java.lang.reflect.Method;
import java.util.Set;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Which bodies can be read before they are sent. */
final class Bodies {
  /** The library's own that lie in memory. */
  private static final Set<String> READABLE =
      Set.of(
          "org.apache.http.entity.StringEntity",
          "org.apache.http.entity.ByteArrayEntity",
          "org.apache.http.nio.entity.NStringEntity",
          "org.apache.http.nio.entity.NByteArrayEntity");

  /** Around the application's entity from the first attempt on, and notes that it was written. */
  private static final String PROXY = "org.apache.http.impl.execchain.RequestEntityProxy";

  private Bodies() {}

  /** What that request says. */
  static Preview preview(HttpRequest request) {
    HttpEntity entity =
        request instanceof HttpEntityEnclosingRequest enclosing
            ? original(enclosing.getEntity())
            : null;
    return Preview.of(
        Apache4.headers(request),
        entity == null ? 0 : entity.getContentLength(),
        entity == null || !READABLE.contains(entity.getClass().getName())
            ? null
            : reader -> entity.writeTo(new Shown(reader)));
  }

  private static @Nullable HttpEntity original(@Nullable HttpEntity entity) {
    if (entity == null || !entity.getClass().getName().equals(PROXY)) {
      return entity;
    }
    try {
      Method original = entity.getClass().getMethod("getOriginal");
      original.setAccessible(true);
      return (HttpEntity) original.invoke(entity);
    } catch (ReflectiveOperationException | RuntimeException unknown) {
      return entity;
    }
  }
}
