package io.costattr.advice.apache5;

import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * Who consumes the body of a response, behind an observer. Capacity passes through untouched, so
 * that back-pressure stays the application's.
 */
final class ObservedConsumer implements AsyncDataConsumer {
  private final AsyncDataConsumer consumer;
  private final ObservedBody observer;

  ObservedConsumer(AsyncDataConsumer consumer, ObservedBody observer) {
    this.consumer = consumer;
    this.observer = observer;
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    consumer.updateCapacity(channel);
  }

  @Override
  public void consume(ByteBuffer buffer) throws IOException {
    observer.accept(buffer);
    consumer.consume(buffer);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    observer.ended();
    consumer.streamEnd(trailers);
  }

  @Override
  public void releaseResources() {
    consumer.releaseResources();
  }
}
