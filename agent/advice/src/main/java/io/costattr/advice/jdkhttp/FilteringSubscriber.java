package io.costattr.advice.jdkhttp;

import io.costattr.core.amend.BodyFilter;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gives the application's subscriber a body of which a part is not for it. */
final class FilteringSubscriber<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> subscriber;
  private final BodyFilter filter;

  /** How many lists the application waits for. */
  private final AtomicLong demand = new AtomicLong();

  private Flow.@Nullable Subscription subscription;
  private @Nullable List<ByteBuffer> rest;

  FilteringSubscriber(BodySubscriber<T> subscriber, BodyFilter filter) {
    this.subscriber = subscriber;
    this.filter = filter;
  }

  BodySubscriber<T> subscriber() {
    return subscriber;
  }

  @Override
  public CompletionStage<T> getBody() {
    return subscriber.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription upstream) {
    subscription = upstream;
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            if (n > 0) {
              demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
            }
            if (!giveRest()) {
              upstream.request(n);
            }
          }

          @Override
          public void cancel() {
            upstream.cancel();
          }
        });
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    List<ByteBuffer> passed = new ArrayList<>();
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      filter.accept(bytes, 0, bytes.length, (b, from, count) -> passed.add(copy(b, from, count)));
    }
    Flow.Subscription upstream = subscription;
    if (!passed.isEmpty()) {
      demand.decrementAndGet();
      subscriber.onNext(passed);
    } else if (upstream != null) {
      upstream.request(1);
    }
  }

  private static ByteBuffer copy(byte[] bytes, int from, int count) {
    byte[] copy = new byte[count];
    System.arraycopy(bytes, from, copy, 0, count);
    return ByteBuffer.wrap(copy).asReadOnlyBuffer();
  }

  @Override
  public void onError(Throwable thrown) {
    subscriber.onError(thrown);
  }

  @Override
  public void onComplete() {
    List<ByteBuffer> last = new ArrayList<>();
    filter.end((b, from, count) -> last.add(copy(b, from, count)));
    if (last.isEmpty()) {
      subscriber.onComplete();
      return;
    }
    synchronized (this) {
      rest = last;
    }
    if (demand.get() > 0) {
      giveRest();
    }
  }

  /** Whether the body was at its end, and has been ended now. */
  private boolean giveRest() {
    List<ByteBuffer> last;
    synchronized (this) {
      last = rest;
      rest = null;
    }
    if (last == null) {
      return false;
    }
    subscriber.onNext(last);
    subscriber.onComplete();
    return true;
  }
}
