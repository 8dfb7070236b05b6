package io.costattr.advice.serving.micronaut;

import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.Served;
import io.costattr.core.exchange.WeakIdentityMap;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * The requests of Micronaut, which says by itself whose work a thread does: in filters, controllers
 * and what these return to be subscribed to.
 */
public final class MicronautRequests implements ContextSource {
  /**
   * Up to 3.2 it says another request's while a chain is subscribed to that a controller has
   * returned. This came with 3.3.
   */
  private static final boolean BELIEVED = has("io.micronaut.core.annotation.AccessorsStyle");

  private static final WeakIdentityMap<MicronautRequest> KNOWN = new WeakIdentityMap<>();

  /** The one that this thread is at; null when it is at none. */
  static @Nullable MicronautRequest current() {
    HttpRequest<?> request = BELIEVED ? ServerRequestContext.currentRequest().orElse(null) : null;
    if (request == null) {
      return null;
    }
    MicronautRequest known = KNOWN.get(request);
    if (known == null) {
      known = new MicronautRequest(request);
      KNOWN.put(request, known);
    }
    return known;
  }

  private static boolean has(String type) {
    try {
      Class<?> unused = Class.forName(type, false, HttpRequest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException earlier) {
      return false;
    }
  }

  @Override
  public @Nullable Served served() {
    return current();
  }
}
