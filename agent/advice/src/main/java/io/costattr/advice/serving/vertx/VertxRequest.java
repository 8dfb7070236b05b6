package io.costattr.advice.serving.vertx;

import io.costattr.core.attribution.RoamingRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request, with the template of the route that has matched last. It must not keep it alive. */
final class VertxRequest extends RoamingRequest {
  private final @Nullable String template;
  private final WeakReference<HttpServerRequest> request;

  VertxRequest(@Nullable String template, HttpServerRequest request) {
    this.template = template;
    this.request = new WeakReference<>(request);
  }

  /** Whether it has not been answered yet. */
  boolean isOpen() {
    HttpServerRequest known = request.get();
    return known != null && !known.response().ended();
  }

  @Override
  protected @Nullable String route() {
    return template;
  }

  @Override
  protected List<String> headersOf(String name) {
    HttpServerRequest known = request.get();
    return known == null ? List.of() : known.headers().getAll(name);
  }

  @Override
  protected @Nullable String pathOf() {
    HttpServerRequest known = request.get();
    return known == null ? null : known.path();
  }

  @Override
  protected @Nullable String methodOf() {
    HttpServerRequest known = request.get();
    return known == null ? null : known.method().name();
  }

  /** Below what a router makes of headers, and what a proxy says of its client. */
  @Override
  protected @Nullable String peerOf() {
    HttpServerRequest known = request.get();
    try {
      SocketAddress peer = known == null ? null : known.connection().remoteAddress(true);
      return peer == null ? null : peer.hostAddress();
    } catch (LinkageError earlierVersion) {
      return null;
    }
  }
}
