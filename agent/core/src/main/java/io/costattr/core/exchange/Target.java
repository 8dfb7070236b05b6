package io.costattr.core.exchange;

import org.jspecify.annotations.Nullable;

/** Where a URL leads. Immutable. */
public final class Target {
  private static final String SCHEME_END = "://";

  /** Most programs ask the same again and again. */
  private static volatile @Nullable Target last;

  private final String url;
  private final String host;
  private final int port;
  private final String path;

  private Target(String url, int from) {
    int pathAt = end(url, from, '/', '?');
    int colon = url.lastIndexOf(':', pathAt - 1);
    boolean named = colon >= from && url.indexOf(']', colon) < 0;
    this.url = url;
    host = url.substring(from, named ? colon : pathAt);
    port =
        named ? Integer.parseInt(url, colon + 1, pathAt, 10) : url.startsWith("https") ? 443 : 80;
    path =
        pathAt < url.length() && url.charAt(pathAt) == '/'
            ? withoutQuery(url.substring(pathAt))
            : "/";
  }

  /**
   * Where that URL leads.
   *
   * @param url absolute; never a relative reference
   * @return null when it is none of HTTP's
   */
  public static @Nullable Target of(String url) {
    Target before = last;
    if (before != null && before.url.equals(url)) {
      return before;
    }
    int scheme = url.indexOf(SCHEME_END);
    // A WebSocket is no attempt; a socket of the operating system's has no scheme.
    if (scheme < 0 || !url.startsWith("http")) {
      return null;
    }
    Target target = new Target(url, scheme + SCHEME_END.length());
    // Some providers have the key in the query: that is not for keeping.
    if (url.indexOf('?') < 0) {
      last = target;
    }
    return target;
  }

  /** What of a relative or an absolute URL stands before its query and its fragment. */
  public static String withoutQuery(String url) {
    return url.substring(0, end(url, 0, '?', '#'));
  }

  /** The first of the two from there on, or the end. */
  private static int end(String url, int from, char one, char other) {
    int at = from;
    while (at < url.length() && url.charAt(at) != one && url.charAt(at) != other) {
      at++;
    }
    return at;
  }

  /** Without port; an IPv6 address in brackets. */
  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** Without query. */
  public String path() {
    return path;
  }
}
