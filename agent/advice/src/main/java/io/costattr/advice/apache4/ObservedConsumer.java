package io.costattr.advice.apache4;

import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The application's consumer of a response, whose call is told what it consumes. The control of the
 * connection passes through untouched, so that back-pressure stays the application's.
 */
record ObservedConsumer<T>(HttpAsyncResponseConsumer<T> consumer, AsyncCall call)
    implements HttpAsyncResponseConsumer<T> {

  @Override
  public void responseReceived(HttpResponse response) throws IOException, HttpException {
    call.receives(response);
    consumer.responseReceived(response);
  }

  @Override
  public void consumeContent(ContentDecoder decoder, IOControl control) throws IOException {
    ObservedBody body = call.response();
    consumer.consumeContent(
        body == null ? decoder : ObservedDecoder.around(decoder, body), control);
  }

  @Override
  public void responseCompleted(HttpContext context) {
    call.completed();
    consumer.responseCompleted(context);
  }

  @Override
  public void failed(Exception cause) {
    call.failed(cause);
    consumer.failed(cause);
  }

  @Override
  public @Nullable Exception getException() {
    return consumer.getException();
  }

  @Override
  public T getResult() {
    return consumer.getResult();
  }

  @Override
  public boolean isDone() {
    return consumer.isDone();
  }

  @Override
  public boolean cancel() {
    call.cancelled();
    return consumer.cancel();
  }

  @Override
  public void close() throws IOException {
    call.closed();
    consumer.close();
  }

  @Override
  public String toString() {
    return consumer.toString();
  }
}
