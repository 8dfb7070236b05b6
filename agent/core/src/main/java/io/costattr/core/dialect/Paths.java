package io.costattr.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import org.jspecify.annotations.Nullable;

/** Reads the paths of calls. */
final class Paths {
  private static final String DEPLOYMENTS = "/deployments/";

  private Paths() {}

  /** Whether a path ends so; many servers take a slash behind that for none. */
  static boolean endsWith(String path, String last) {
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.startsWith(last, end - last.length());
  }

  /**
   * The first value of that name in a query, or null.
   *
   * @param query as it was sent, without the question mark; may be null
   */
  static @Nullable String parameter(@Nullable String query, String name) {
    if (query == null) {
      return null;
    }
    for (String pair : query.split("&")) {
      if (pair.startsWith(name) && pair.startsWith("=", name.length())) {
        String value = URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
        return value.isEmpty() ? null : value;
      }
    }
    return null;
  }

  /** The deployment that a path of Azure's names, or null. */
  static @Nullable String deployment(String path) {
    int from = path.indexOf(DEPLOYMENTS);
    if (from < 0) {
      return null;
    }
    from += DEPLOYMENTS.length();
    int to = path.indexOf('/', from);
    return to > from ? path.substring(from, to) : null;
  }
}
