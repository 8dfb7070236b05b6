package io.costattr.advice.jdkhttp;

import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The application's body publisher, which shows every buffer to an observer as well. */
final class ObservedPublisher implements BodyPublisher {
  private final BodyPublisher publisher;
  private final BodyPublisher sent;
  private final Exchange exchange;
  private final @Nullable String contentEncoding;

  /**
   * @param publisher the application's
   * @param sent what is published: the same, unless the agent was told to add something
   */
  ObservedPublisher(
      BodyPublisher publisher,
      BodyPublisher sent,
      Exchange exchange,
      @Nullable String contentEncoding) {
    this.publisher = publisher;
    this.sent = sent;
    this.exchange = exchange;
    this.contentEncoding = contentEncoding;
  }

  /** What the application gave. */
  BodyPublisher publisher() {
    return publisher;
  }

  @Override
  public long contentLength() {
    return sent.contentLength();
  }

  /** Comes again when the client sends the request again, which it may do after a part of it. */
  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    ObservedBody observer = exchange.requestBody(contentEncoding);
    sent.subscribe(
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
