package io.costattr.advice.jetty;

import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.exchange.Preview;
import java.lang.reflect.Field;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** Which bodies can be read before they are sent. */
final class Bodies {
  private static final String LIBRARY = "org.eclipse.jetty.client.";

  /** The library's own that lie in memory; up to 11.0 their package is another one. */
  private static final Set<String> READABLE =
      Set.of("StringRequestContent", "BytesRequestContent", "FormRequestContent");

  private Bodies() {}

  /**
   * What that request says.
   *
   * @param request the library's
   */
  static Preview preview(Object request) throws Throwable {
    HttpFields headers = Messages.requestHeaders(request);
    Object body = Steps.body(request);
    return Preview.of(
        headers::get,
        body == null ? 0 : Steps.length(body),
        body == null || !isReadable(body) ? null : reader -> show(body, reader));
  }

  /** Whether it is there as a whole, and can be sent again. */
  static boolean isReadable(@Nullable Object body) {
    String name = body == null ? "" : body.getClass().getName();
    return name.startsWith(LIBRARY) && READABLE.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static void show(Object body, ObservedBody reader) throws ReflectiveOperationException {
    if (Messages.IS_LATER) {
      Sources.show(body, reader);
      return;
    }
    for (Class<?> type = body.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().endsWith(".BytesRequestContent")) {
        Field field = type.getDeclaredField("bytes");
        field.setAccessible(true);
        for (byte[] piece : (byte[][]) field.get(body)) {
          reader.accept(piece, 0, piece.length);
        }
        return;
      }
    }
    throw new NoSuchFieldException("bytes");
  }
}
