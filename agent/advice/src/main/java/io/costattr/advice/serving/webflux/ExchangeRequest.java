package io.costattr.advice.serving.webflux;

import io.costattr.advice.serving.SocketPeer;
import io.costattr.core.attribution.RoamingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.ContextView;

/** The request of an exchange; its route is the pattern that its handler was found by. */
final class ExchangeRequest extends RoamingRequest {
  /** {@code HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE}, of handlers of either kind. */
  private static final String HANDLER_PATTERN =
      "org.springframework.web.reactive.HandlerMapping.bestMatchingPattern";

  /** {@code RouterFunctions.MATCHING_PATTERN_ATTRIBUTE}, of a router without the former. */
  private static final String ROUTER_PATTERN =
      "org.springframework.web.reactive.function.server.RouterFunctions.matchingPattern";

  private final ServerWebExchange exchange;
  private final ContextView context;

  ExchangeRequest(ServerWebExchange exchange, ContextView context) {
    this.exchange = exchange;
    this.context = context;
  }

  @Override
  protected @Nullable String route() {
    Map<String, Object> attributes = exchange.getAttributes();
    Object pattern = attributes.get(HANDLER_PATTERN);
    pattern = pattern == null ? attributes.get(ROUTER_PATTERN) : pattern;
    return pattern == null ? null : contextPath() + slashed(pattern.toString());
  }

  /** The part of the path that the application is deployed below, which patterns do not have. */
  private String contextPath() {
    return exchange.getRequest().getPath().contextPath().value();
  }

  private static String slashed(String pattern) {
    return pattern.startsWith("/") ? pattern : "/" + pattern;
  }

  /** They are a map up to 6, and none from 7 on: what all have is a loop. */
  @Override
  protected List<String> headersOf(String name) {
    List<String> found = new ArrayList<>();
    exchange
        .getRequest()
        .getHeaders()
        .forEach(
            (header, values) -> {
              if (header.equalsIgnoreCase(name)) {
                found.addAll(values);
              }
            });
    return found;
  }

  @Override
  protected @Nullable String pathOf() {
    return exchange.getRequest().getURI().getPath();
  }

  @Override
  protected @Nullable String methodOf() {
    return exchange.getRequest().getMethod().name();
  }

  @Override
  protected @Nullable String peerOf() {
    try {
      return SocketPeer.of(ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest()));
    } catch (LinkageError | RuntimeException unknown) {
      // Spring up to 5.3.2, or a request of the application's own.
      return null;
    }
  }

  @Override
  protected @Nullable Object principalOf() {
    try {
      return ReactiveSecurity.authentication(context);
    } catch (LinkageError withoutSpringSecurity) {
      return null;
    }
  }
}
