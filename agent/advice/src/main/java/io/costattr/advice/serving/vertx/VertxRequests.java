package io.costattr.advice.serving.vertx;

import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.Served;
import io.costattr.core.exchange.WeakIdentityMap;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import org.jspecify.annotations.Nullable;

/**
 * The requests of Vert.x, by the context that it makes for each: whatever Vert.x calls for a
 * request, however late, it calls on that one.
 */
public final class VertxRequests implements ContextSource {
  private static final WeakIdentityMap<VertxRequest> KNOWN = new WeakIdentityMap<>();

  /** The context of one request; any other may be many requests'. */
  private static final String OF_ONE_REQUEST = "io.vertx.core.impl.DuplicatedContext";

  /**
   * A route has matched.
   *
   * @return what to hand to {@link io.costattr.core.attribution.RoamingRequest#pause}
   */
  static Object begin(RoutingContext routing) {
    VertxRequest request = new VertxRequest(template(routing), routing.request());
    Context context = Vertx.currentContext();
    if (isOfOneRequest(context)) {
      KNOWN.put(context, request);
    }
    return request.resume();
  }

  private static boolean isOfOneRequest(@Nullable Context context) {
    return context != null && context.getClass().getName().equals(OF_ONE_REQUEST);
  }

  /** The path of the route, behind those of the routes that its routers are mounted at. */
  private static @Nullable String template(RoutingContext routing) {
    String own = path(routing.currentRoute());
    if (routing.mountPoint() == null) {
      return own;
    }
    RoutingContext outer = outer(routing);
    if (outer == null) {
      return null;
    }
    String before = template(outer);
    if (before == null || own == null) {
      return own == null ? before : own;
    }
    int end = before.length() - (before.endsWith("/*") ? 2 : before.endsWith("/") ? 1 : 0);
    return before.substring(0, end) + own;
  }

  /** As it was said, {@code *} at its end and all; null of a route for everything. */
  private static @Nullable String path(@Nullable Route route) {
    String path = route == null ? null : route.getPath();
    if (route == null || path == null || route.isExactPath()) {
      return path;
    }
    return path.length() <= 1 ? null : path + "*";
  }

  /** That of the router that this one is mounted in; null in versions that do not tell (4.1). */
  private static @Nullable RoutingContext outer(RoutingContext routing) {
    try {
      return routing instanceof RoutingContextInternal internal ? internal.parent() : null;
    } catch (LinkageError before) {
      return null;
    }
  }

  @Override
  public @Nullable Served served() {
    Context context = Vertx.currentContext();
    VertxRequest request = isOfOneRequest(context) ? KNOWN.get(context) : null;
    // A timer that it has started may go on for long.
    return request != null && request.isOpen() ? request : null;
  }
}
