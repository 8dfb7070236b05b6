package io.costattr.advice.layer;

import io.costattr.core.exchange.Layer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** A publisher of which each subscription is a call of a library's, made where it is subscribed. */
public final class LayeredFlux<T> extends FluxOperator<T, T> {
  private final String client;

  public LayeredFlux(Flux<? extends T> source, String client) {
    super(source);
    this.client = client;
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> actual) {
    Layer layer = Layer.enterOnce(client, Observed.in(actual.currentContext()));
    try {
      source.subscribe(actual);
    } finally {
      Layer.leave(layer);
    }
  }
}
