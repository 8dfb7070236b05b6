package io.costattr.advice.serving.micronaut;

import io.costattr.core.attribution.RoamingRequest;
import io.micronaut.http.HttpRequest;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request. It must not keep Micronaut's alive. */
final class MicronautRequest extends RoamingRequest {
  /** Under which the router keeps the template of the route that it has found. */
  private static final String TEMPLATE = "micronaut.http.route.template";

  private final WeakReference<HttpRequest<?>> request;

  /** Kept once it is known: work that was handed on may go on when the request is gone. */
  private volatile @Nullable String template;

  MicronautRequest(HttpRequest<?> request) {
    this.request = new WeakReference<>(request);
  }

  @Override
  protected @Nullable String route() {
    HttpRequest<?> known = request.get();
    if (template == null && known != null) {
      template = known.getAttribute(TEMPLATE, String.class).orElse(null);
    }
    return template;
  }

  @Override
  protected List<String> headersOf(String name) {
    HttpRequest<?> known = request.get();
    return known == null ? List.of() : known.getHeaders().getAll(name);
  }

  @Override
  protected @Nullable String pathOf() {
    HttpRequest<?> known = request.get();
    return known == null ? null : known.getPath();
  }

  @Override
  protected @Nullable String methodOf() {
    HttpRequest<?> known = request.get();
    return known == null ? null : known.getMethodName();
  }

  @Override
  protected @Nullable Object principalOf() {
    HttpRequest<?> known = request.get();
    return known == null ? null : known.getUserPrincipal().orElse(null);
  }
}
