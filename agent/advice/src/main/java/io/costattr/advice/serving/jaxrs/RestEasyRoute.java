package io.costattr.advice.serving.jaxrs;

import io.costattr.core.attribution.Served;
import java.net.URI;
import java.util.Objects;
import org.jboss.resteasy.spi.HttpRequest;
import org.jboss.resteasy.spi.metadata.ResourceLocator;
import org.jspecify.annotations.Nullable;

/**
 * A request that RESTEasy serves: by a method, or on the way there, by a sub-resource's locator.
 */
final class RestEasyRoute extends JaxRsRoute {
  private final HttpRequest request;
  private final ResourceLocator located;
  private final @Nullable Served within;

  private RestEasyRoute(HttpRequest request, ResourceLocator located, @Nullable Served within) {
    this.request = request;
    this.located = located;
    this.within = within;
  }

  /**
   * It begins on this thread.
   *
   * @return what to hand to {@link Served#leave}
   */
  static @Nullable Object begin(@Nullable HttpRequest request, @Nullable ResourceLocator located) {
    if (request == null || located == null || !Served.beginsWithin()) {
      return null;
    }
    return new RestEasyRoute(request, located, Served.current()).enter();
  }

  @Override
  protected String route() {
    String path = located.getFullpath();
    String before =
        within instanceof RestEasyRoute locator && locator.request == request
            ? locator.route()
            : base(uri("getBaseUri"));
    String route = joined(before, path == null ? "" : path);
    return route.isEmpty() ? "/" : route;
  }

  private URI uri(String which) {
    return Objects.requireNonNull((URI) JaxRsType.of(asked("getUri"), "core.UriInfo").ask(which));
  }

  @Override
  Object httpHeaders() {
    return asked("getHttpHeaders");
  }

  /** As the servlet or the server knows it that RESTEasy is in. */
  @Override
  public @Nullable Object principal() {
    return within == null ? null : within.principal();
  }

  /** What it returns is a type of either namespace, and so is the method's descriptor. */
  private Object asked(String method) {
    try {
      return HttpRequest.class.getMethod(method).invoke(request);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  URI uri() {
    return uri("getRequestUri");
  }

  @Override
  public String method() {
    return request.getHttpMethod();
  }
}
