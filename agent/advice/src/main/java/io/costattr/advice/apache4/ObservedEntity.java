package io.costattr.advice.apache4;

import io.costattr.advice.stream.ObservedInputStream;
import io.costattr.advice.stream.ObservedOutputStream;
import io.costattr.core.Log;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The entity of a response, within the library's own, which releases the connection: what is read
 * of it is shown to an observer as well.
 */
final class ObservedEntity extends HttpEntityWrapper {
  private final HttpEntity entity;
  private final ObservedBody observer;

  private ObservedEntity(HttpEntity entity, ObservedBody observer) {
    super(entity);
    this.entity = entity;
    this.observer = observer;
  }

  /** The attempt is over, or its body begins. */
  static void put(Exchange exchange, @Nullable HttpResponse response, @Nullable Throwable thrown) {
    if (thrown != null) {
      exchange.failed(thrown);
      return;
    }
    try {
      if (response != null) {
        ObservedBody observer =
            exchange.response(response.getStatusLine().getStatusCode(), Apache4.headers(response));
        HttpEntity entity = response.getEntity();
        if (entity != null && entity.isStreaming()) {
          ObservedEntity observed = new ObservedEntity(entity, observer);
          response.setEntity(observed);
          exchange.watch(observed);
          return;
        }
      }
    } catch (Throwable fault) {
      Log.fault("reading a response of Apache HttpClient 4", fault);
      exchange.unreadable();
    }
    exchange.completed();
  }

  @Override
  public InputStream getContent() throws IOException {
    InputStream content = entity.getContent();
    return content == null ? content : new ObservedInputStream(content, observer, this);
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    try {
      // Closed by none but its owner.
      entity.writeTo(stream == null ? stream : new ObservedOutputStream(stream, observer));
    } catch (Throwable thrown) {
      observer.failed(thrown);
      throw thrown;
    }
    observer.ended();
  }

  @Override
  public String toString() {
    return entity.toString();
  }
}
