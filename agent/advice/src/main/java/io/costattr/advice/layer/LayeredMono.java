package io.costattr.advice.layer;

import io.costattr.core.exchange.Layer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/** A publisher of which each subscription is a call of a library's, made where it is subscribed. */
public final class LayeredMono<T> extends MonoOperator<T, T> {
  private final String client;

  public LayeredMono(Mono<? extends T> source, String client) {
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
