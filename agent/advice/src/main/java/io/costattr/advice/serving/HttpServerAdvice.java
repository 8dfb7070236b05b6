package io.costattr.advice.serving;

import com.sun.net.httpserver.HttpExchange;
import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;
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
  }
}
