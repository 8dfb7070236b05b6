package io.costattr.advice.jdkhttp;

import io.costattr.core.exchange.ObservedBody;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** The application's body publisher, which shows every buffer to an observer as well. */
final class ObservedPublisher implements BodyPublisher {
  private final BodyPublisher publisher;
  private final ObservedBody observer;

  ObservedPublisher(BodyPublisher publisher, ObservedBody observer) {
    this.publisher = publisher;
    this.observer = observer;
  }

  @Override
  public long contentLength() {
    return publisher.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    publisher.subscribe(
        new Flow.Subscriber<ByteBuffer>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer buffer) {
            observer.accept(buffer);
            subscriber.onNext(buffer);
          }

          @Override
          public void onError(Throwable thrown) {
            subscriber.onError(thrown);
          }

          @Override
          public void onComplete() {
            observer.ended();
            subscriber.onComplete();
          }
        });
  }
}
