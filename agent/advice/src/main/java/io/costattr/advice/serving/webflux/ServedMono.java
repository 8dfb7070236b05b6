package io.costattr.advice.serving.webflux;

import io.costattr.advice.reactor.ServedChain;
import io.costattr.core.attribution.RoamingRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.Context;

/** What becomes of an exchange; while it does, the chain above has the request in its context. */
final class ServedMono<T> extends MonoOperator<T, T> {
  private final ServerWebExchange exchange;

  ServedMono(Mono<? extends T> source, ServerWebExchange exchange) {
    super(source);
    this.exchange = exchange;
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> actual) {
    if (ServedChain.of(actual) != null) {
      // The outermost counts.
      source.subscribe(actual);
      return;
    }
    Context context = actual.currentContext();
    ExchangeRequest request = new ExchangeRequest(exchange, context);
    Object resumed = request.resume();
    try {
      source.subscribe(
          new AnsweredSubscriber<>(actual, request, ServedChain.with(request, context)));
    } finally {
      RoamingRequest.pause(resumed);
    }
  }
}
