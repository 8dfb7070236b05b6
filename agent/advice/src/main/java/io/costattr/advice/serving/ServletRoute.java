package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import org.jspecify.annotations.Nullable;

/**
 * The route of a servlet's request: the pattern that Spring MVC found its handler by, else that of
 * the servlet's own mapping. Never the path itself.
 */
abstract class ServletRoute extends Served {
  /** {@code HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE}, of Spring 3 to 7. */
  private static final String SPRING_PATTERN =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  ServletRoute() {
    super(Source.ROUTE);
  }

  abstract @Nullable Object attribute(String name);

  abstract @Nullable String contextPath();

  /** The part of the path by which the servlet was found, where that is a prefix; else empty. */
  abstract String prefix();

  /** The pattern by which the servlet was found; null where the API does not tell (3.1). */
  abstract @Nullable String mapping();

  /** The container's own request, without what filters have put around it. */
  abstract Object innermost();

  @Override
  public final @Nullable String peer() {
    return SocketPeer.of(innermost());
  }

  @Override
  protected final @Nullable String route() {
    String context = text(contextPath());
    Object pattern = attribute(SPRING_PATTERN);
    if (pattern != null) {
      return context + prefix() + slashed(pattern.toString());
    }
    String mapping = mapping();
    if (mapping == null) {
      return null;
    }
    // The default servlet's, and that of the root alone.
    return mapping.equals("/") ? context + "/*" : context + slashed(mapping);
  }

  static String text(@Nullable String part) {
    return part == null ? "" : part;
  }

  private static String slashed(String pattern) {
    return pattern.startsWith("/") ? pattern : "/" + pattern;
  }
}
