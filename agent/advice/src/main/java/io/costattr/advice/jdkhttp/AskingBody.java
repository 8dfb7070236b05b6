package io.costattr.advice.jdkhttp;

import io.costattr.core.Log;
import io.costattr.core.exchange.Amendment;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.Exchange.Headers;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of a request that asks for the usage of its stream as well, or for less. */
final class AskingBody {
  private AskingBody() {}

  /** What is to be sent instead, or null. */
  static @Nullable BodyPublisher of(
      HttpRequest request, BodyPublisher publisher, Exchange exchange) {
    try {
      Headers headers = name -> request.headers().firstValue(name).orElse(null);
      if (!Bodies.isInMemory(publisher)
          || !Amendment.isWanted(exchange, publisher.contentLength(), headers)) {
        return null;
      }
      byte[] body = Collector.bytesOf(publisher);
      byte[] added = body == null ? null : Amendment.of(exchange, body, headers);
      return added == null ? null : BodyPublishers.ofByteArray(added);
    } catch (Throwable fault) {
      Log.fault("changing a request", fault);
      return null;
    }
  }

  private static final class Collector implements Flow.Subscriber<ByteBuffer> {
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private boolean complete;

    static byte @Nullable [] bytesOf(BodyPublisher publisher) {
      Collector collector = new Collector();
      publisher.subscribe(collector);
      return collector.complete ? collector.collected.toByteArray() : null;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      collected.write(bytes, 0, bytes.length);
    }

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {
      complete = true;
    }
  }
}
