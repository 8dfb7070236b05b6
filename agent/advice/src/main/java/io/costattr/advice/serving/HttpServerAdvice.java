package io.costattr.advice.serving;

import com.sun.net.httpserver.HttpExchange;
import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * At {@code Filter.Chain.doFilter} of the JDK's HTTP server, which calls every filter and the
 * handler. The route is the path that the handler was registered with.
 */
public final class HttpServerAdvice {
  private HttpServerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) @Nullable HttpExchange exchange) {
    return exchange != null && Served.begins(Source.ROUTE) ? new Route(exchange).enter() : null;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    Served.leave(entered);
  }

  private static final class Route extends Served {
    private final HttpExchange exchange;

    Route(HttpExchange exchange) {
      super(Source.ROUTE);
      this.exchange = exchange;
    }

    @Override
    protected @Nullable String route() {
      return exchange.getHttpContext().getPath();
    }

    @Override
    public List<String> headers(String name) {
      List<String> values = exchange.getRequestHeaders().get(name);
      return values == null ? List.of() : values;
    }

    @Override
    public @Nullable String peer() {
      return SocketPeer.address(exchange.getRemoteAddress());
    }

    @Override
    public @Nullable String path() {
      return exchange.getRequestURI().getPath();
    }

    @Override
    public @Nullable String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public @Nullable Object principal() {
      return exchange.getPrincipal();
    }
  }
}
