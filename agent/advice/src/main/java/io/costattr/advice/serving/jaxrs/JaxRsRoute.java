package io.costattr.advice.serving.jaxrs;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request that a resource method answers. It knows the route better than the servlet that it
 * may be served by.
 */
abstract class JaxRsRoute extends Served {
  JaxRsRoute() {
    super(Source.ROUTE);
  }

  /** JAX-RS' {@code HttpHeaders}. */
  abstract Object httpHeaders();

  abstract URI uri();

  /** The path that the application is deployed below, without a slash at its end. */
  static String base(URI baseUri) {
    return trimmed(baseUri.getPath());
  }

  /** That template behind another one. */
  static String joined(String base, String template) {
    String path = trimmed(template);
    return path.isEmpty() || path.startsWith("/") ? base + path : base + "/" + path;
  }

  private static String trimmed(@Nullable String path) {
    if (path == null) {
      return "";
    }
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  @Override
  @SuppressWarnings("unchecked") // As it is declared.
  public final List<String> headers(String name) {
    List<String> values =
        (List<String>)
            JaxRsType.of(httpHeaders(), "core.HttpHeaders")
                .ask("getRequestHeader", String.class, name);
    return values == null ? List.of() : values;
  }

  @Override
  public final @Nullable String path() {
    return uri().getPath();
  }
}
