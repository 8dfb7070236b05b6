package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import javax.servlet.ServletRequest;
import javax.servlet.ServletRequestWrapper;
import javax.servlet.http.HttpServletMapping;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.MappingMatch;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At the public {@code HttpServlet.service} of {@code javax.servlet}, where every container enters.
 */
public final class JavaxAdvice {
  private JavaxAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable Object request) {
    return request instanceof HttpServletRequest http && Served.begins(Source.ROUTE)
        ? new Route(http).enter()
        : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }

  private static final class Route extends ServletRoute {
    private final HttpServletRequest request;

    Route(HttpServletRequest request) {
      this.request = request;
    }

    @Override
    @Nullable Object attribute(String name) {
      return request.getAttribute(name);
    }

    @Override
    @Nullable String contextPath() {
      return request.getContextPath();
    }

    @Override
    String prefix() {
      HttpServletMapping found = found();
      return found != null && found.getMappingMatch() == MappingMatch.PATH
          ? request.getServletPath()
          : "";
    }

    @Override
    Object innermost() {
      ServletRequest inner = request;
      while (inner instanceof ServletRequestWrapper wrapper) {
        inner = wrapper.getRequest();
      }
      // Only then does Tomcat ask the socket.
      String unused = inner.getRemoteAddr();
      return inner;
    }

    @Override
    public List<String> headers(String name) {
      Enumeration<String> values = request.getHeaders(name);
      return values == null ? List.of() : Collections.list(values);
    }

    @Override
    public String path() {
      return text(request.getContextPath())
          + text(request.getServletPath())
          + text(request.getPathInfo());
    }

    @Override
    public @Nullable String method() {
      return request.getMethod();
    }

    @Override
    public @Nullable Object principal() {
      return request.getUserPrincipal();
    }

    @Override
    @Nullable String mapping() {
      HttpServletMapping found = found();
      return found == null ? null : found.getPattern();
    }

    private @Nullable HttpServletMapping found() {
      try {
        return request.getHttpServletMapping();
      } catch (LinkageError beforeServlet4) {
        return null;
      }
    }
  }
}
