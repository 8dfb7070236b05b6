package io.costattr.advice.serving.jaxrs;

import io.costattr.core.attribution.Served;
import java.net.URI;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.internal.process.RequestProcessingContext;
import org.glassfish.jersey.uri.UriTemplate;
import org.jspecify.annotations.Nullable;

/**
 * At {@code ResourceMethodInvoker.apply}, where a resource method has been found and is called:
 * behind every request filter.
 */
public final class JerseyAdvice {
  private JerseyAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable RequestProcessingContext context) {
    return context != null && Served.beginsWithin() ? new Route(context.request()).enter() : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }

  private static final class Route extends JaxRsRoute {
    private final ContainerRequest request;

    Route(ContainerRequest request) {
      this.request = request;
    }

    /** The templates of resources and of methods, the last one first. */
    @Override
    protected @Nullable String route() {
      List<UriTemplate> templates = request.getUriInfo().getMatchedTemplates();
      if (templates.isEmpty()) {
        return null;
      }
      String route = base(request.getBaseUri());
      for (int i = templates.size() - 1; i >= 0; i--) {
        route = joined(route, templates.get(i).getTemplate());
      }
      return route.isEmpty() ? "/" : route;
    }

    @Override
    Object httpHeaders() {
      return request;
    }

    @Override
    public @Nullable Object principal() {
      // Its type is of either namespace, and so is the method's descriptor.
      Object security =
          JaxRsType.of(request, "container.ContainerRequestContext").ask("getSecurityContext");
      return security == null
          ? null
          : JaxRsType.of(security, "core.SecurityContext").ask("getUserPrincipal");
    }

    @Override
    URI uri() {
      return request.getRequestUri();
    }

    @Override
    public String method() {
      return request.getMethod();
    }
  }
}
