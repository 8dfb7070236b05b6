package io.costattr.advice.vertx;

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
        path(options.getURI(), 0));
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
    int host = url.indexOf(SCHEME_END);
    if (host < 0) {
      return null;
    }
    int implied = url.startsWith("https") ? HTTPS : HTTP;
    host += SCHEME_END.length();
    int path = end(url, host, '/', '?');
    int colon = url.lastIndexOf(':', path - 1);
    boolean named = colon >= host && url.indexOf(']', colon) < 0;
    return new Address(
        name(method),
        url.substring(host, named ? colon : path),
        named ? Integer.parseInt(url, colon + 1, path, 10) : implied,
        path(url, path));
  }

  private static String name(@Nullable HttpMethod method) {
    return method == null ? "GET" : method.name();
  }

  private static String path(@Nullable String url, int from) {
    return url == null || from >= url.length() || url.charAt(from) != '/'
        ? "/"
        : url.substring(from, end(url, from, '?', '#'));
  }

  private static int end(String url, int from, char one, char other) {
    int at = from;
    while (at < url.length() && url.charAt(at) != one && url.charAt(at) != other) {
      at++;
    }
    return at;
  }
}
