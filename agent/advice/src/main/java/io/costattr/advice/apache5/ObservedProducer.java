package io.costattr.advice.apache5;

import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/** Who produces the body of a request, with an observer of what the connection takes of it. */
final class ObservedProducer implements AsyncEntityProducer {
  private final AsyncEntityProducer producer;
  private final ObservedBody observer;

  ObservedProducer(AsyncEntityProducer producer, ObservedBody observer) {
    this.producer = producer;
    this.observer = observer;
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    producer.produce(new ObservedChannel(channel, observer));
  }

  @Override
  public int available() {
    return producer.available();
  }

  @Override
  public boolean isRepeatable() {
    return producer.isRepeatable();
  }

  @Override
  public void failed(Exception cause) {
    producer.failed(cause);
  }

  @Override
  public long getContentLength() {
    return producer.getContentLength();
  }

  @Override
  public String getContentType() {
    return producer.getContentType();
  }

  @Override
  public String getContentEncoding() {
    return producer.getContentEncoding();
  }

  @Override
  public boolean isChunked() {
    return producer.isChunked();
  }

  @Override
  public Set<String> getTrailerNames() {
    return producer.getTrailerNames();
  }

  @Override
  public void releaseResources() {
    producer.releaseResources();
  }
}
