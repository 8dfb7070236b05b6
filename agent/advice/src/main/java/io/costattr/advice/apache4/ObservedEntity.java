package io.costattr.advice.apache4;

import io.costattr.advice.stream.FilteredInputStream;
import io.costattr.advice.stream.ObservedInputStream;
import io.costattr.advice.stream.ObservedOutputStream;
import io.costattr.core.Log;
import io.costattr.core.amend.BodyFilter;
import io.costattr.core.exchange.Exchange;
import io.costattr.core.exchange.ObservedBody;
import io.costattr.core.exchange.StreamUsage;
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
  private final @Nullable BodyFilter filter;

  private ObservedEntity(HttpEntity entity, ObservedBody observer, @Nullable BodyFilter filter) {
    super(entity);
    this.entity = entity;
    this.observer = observer;
    this.filter = filter;
  }

  /** The attempt is over, or its body begins. */
  static void put(Exchange exchange, @Nullable HttpResponse response, @Nullable Throwable thrown) {
    if (thrown != null) {
      exchange.failed(thrown);
      return;
    }
    try {
      if (response != null) {
        int status = response.getStatusLine().getStatusCode();
        ObservedBody observer = exchange.response(status, Apache4.headers(response));
        HttpEntity entity = response.getEntity();
        if (entity != null && entity.isStreaming()) {
          ObservedEntity observed =
              new ObservedEntity(entity, observer, StreamUsage.filter(exchange, status));
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
    if (content == null) {
      return content;
    }
    InputStream observed = new ObservedInputStream(content, observer, this);
    return filter == null ? observed : new FilteredInputStream(observed, filter);
  }

  /** Not known where something may be taken out. */
  @Override
  public long getContentLength() {
    return filter == null ? entity.getContentLength() : -1;
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    if (filter != null && stream != null) {
      try (InputStream content = getContent()) {
        content.transferTo(stream);
      }
      return;
    }
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
