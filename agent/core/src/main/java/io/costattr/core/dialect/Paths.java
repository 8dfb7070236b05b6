package io.costattr.core.dialect;

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
