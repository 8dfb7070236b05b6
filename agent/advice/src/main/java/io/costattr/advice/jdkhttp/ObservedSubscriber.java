package io.costattr.advice.jdkhttp;

import io.costattr.core.exchange.ObservedBody;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The application's body subscriber, which shows every buffer to an observer before it is consumed.
 * Demand passes through untouched, so that back-pressure stays the application's.
 */
final class ObservedSubscriber<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> subscriber;
  private final ObservedBody observer;
  private final ObservedHandler<T> handler;

  ObservedSubscriber(
      BodySubscriber<T> subscriber, ObservedBody observer, ObservedHandler<T> handler) {
    this.subscriber = subscriber;
    this.observer = observer;
    this.handler = handler;
  }

  /** The application's. */
  BodySubscriber<T> subscriber() {
    return subscriber instanceof FilteringSubscriber<T> filtering
        ? filtering.subscriber()
        : subscriber;
  }

  @Override
  public CompletionStage<T> getBody() {
    return subscriber.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            subscription.request(n);
          }

          @Override
          public void cancel() {
            observer.closed();
            subscription.cancel();
          }
        });
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (int i = 0; i < buffers.size(); i++) {
      observer.accept(buffers.get(i));
    }
    subscriber.onNext(buffers);
  }

  @Override
  public void onError(Throwable thrown) {
    handler.brokeOff(thrown);
    subscriber.onError(thrown);
  }

  @Override
  public void onComplete() {
    observer.ended();
    subscriber.onComplete();
  }
}
