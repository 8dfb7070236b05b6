package io.costattr.advice.jdkhttp;

import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.exchange.Preview;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** Which bodies can be read before they are sent. */
final class Bodies {
  /** The JDK's publishers of bytes in memory: they publish at once, and as often as asked. */
  private static final String IN_MEMORY = "jdk.internal.net.http.RequestPublishers$";

  private Bodies() {}

  /** What that request says. */
  static Preview preview(HttpRequest request) {
    BodyPublisher body = request.bodyPublisher().orElse(null);
    return Preview.of(
        name -> request.headers().firstValue(name).orElse(null),
        body == null ? 0 : body.contentLength(),
        body == null || !isInMemory(body) ? null : reader -> body.subscribe(new Shown(reader)));
  }

  static boolean isInMemory(BodyPublisher publisher) {
    String name = publisher.getClass().getName();
    return name.equals(IN_MEMORY + "ByteArrayPublisher")
        || name.equals(IN_MEMORY + "StringPublisher");
  }

  private record Shown(ObservedBody reader) implements Flow.Subscriber<ByteBuffer> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer buffer) {
      reader.accept(buffer);
    }

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {}
  }
}
