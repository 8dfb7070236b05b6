package io.costattr.advice.apache4;

import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.nio.ContentEncoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.protocol.HttpContext;

/** The application's producer of a request, whose call is told what it produces. */
record ObservedProducer(HttpAsyncRequestProducer producer, AsyncCall call)
    implements HttpAsyncRequestProducer {

  @Override
  public HttpHost getTarget() {
    HttpHost target = producer.getTarget();
    call.target(target);
    return target;
  }

  @Override
  public HttpRequest generateRequest() throws IOException, HttpException {
    HttpRequest request = producer.generateRequest();
    call.begins(request);
    return request;
  }

  @Override
  public void produceContent(ContentEncoder encoder, IOControl control) throws IOException {
    ObservedBody body = call.request();
    producer.produceContent(
        body == null ? encoder : ObservedEncoder.around(encoder, body), control);
  }

  @Override
  public void requestCompleted(HttpContext context) {
    call.requestCompleted();
    producer.requestCompleted(context);
  }

  @Override
  public void failed(Exception cause) {
    call.failed(cause);
    producer.failed(cause);
  }

  @Override
  public boolean isRepeatable() {
    return producer.isRepeatable();
  }

  @Override
  public void resetRequest() throws IOException {
    producer.resetRequest();
  }

  @Override
  public void close() throws IOException {
    producer.close();
  }

  @Override
  public String toString() {
    return producer.toString();
  }
}
