package io.costattr.advice.vertx;

import io.costattr.core.exchange.Target;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes.
 *
 * @param path without query
 */
record Address(String method, String host, int port, String path) {
  private static final String SCHEME_END = "://";
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** What was asked of the client; a host that is the client's own is not named. */
  static Address of(RequestOptions options) {
    String host = options.getHost();
    Integer port = options.getPort();
    return new Address(
        name(options.getMethod()),
        host == null ? "" : host,
        port == null ? Boolean.TRUE.equals(options.isSsl()) ? HTTPS : HTTP : port,
        path(options.getURI()));
  }

  /**
   * What is on its way.
   *
   * @param target what stands in the request's first line: a path, or all of it for a proxy
   * @param absolute the address as the request has it
   * @return null when that is no address
   */
  static @Nullable Address of(HttpMethod method, String target, String absolute) {
    String url =
        target.startsWith("/") ? absolute : target.contains(SCHEME_END) ? target : absolute;
    Target to = Target.of(url);
    return to == null ? null : new Address(name(method), to.host(), to.port(), to.path());
  }

  private static String name(@Nullable HttpMethod method) {
    return method == null ? "GET" : method.name();
  }

  private static String path(@Nullable String uri) {
    return uri == null || !uri.startsWith("/") ? "/" : Target.withoutQuery(uri);
  }
}
